package io.dorsal.connections;

import java.util.Set;

/** What the credential was seen to allow. Scans need list and read, sync needs read and copy. */
public record Capabilities(
    Capability list, Capability listContainers, Capability read, Capability copy) {

  public static final Capabilities UNKNOWN =
      new Capabilities(
          Capability.UNKNOWN, Capability.UNKNOWN, Capability.UNKNOWN, Capability.UNKNOWN);

  /** The same, with these seen to fail. */
  Capabilities without(Set<Ability> lost) {
    return new Capabilities(
        lost.contains(Ability.LIST) ? Capability.FAIL : list,
        lost.contains(Ability.LIST_CONTAINERS) ? Capability.FAIL : listContainers,
        lost.contains(Ability.READ) ? Capability.FAIL : read,
        lost.contains(Ability.COPY) ? Capability.FAIL : copy);
  }
}
