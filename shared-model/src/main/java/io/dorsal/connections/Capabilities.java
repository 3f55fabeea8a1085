package io.dorsal.connections;

/** What the credential was seen to allow. Scans need list and read, sync needs read and copy. */
public record Capabilities(
    Capability list, Capability listContainers, Capability read, Capability copy) {

  public static final Capabilities UNKNOWN =
      new Capabilities(
          Capability.UNKNOWN, Capability.UNKNOWN, Capability.UNKNOWN, Capability.UNKNOWN);
}
