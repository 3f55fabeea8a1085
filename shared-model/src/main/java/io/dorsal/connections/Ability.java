package io.dorsal.connections;

/** One kind of access that a credential may give. */
public enum Ability {
  LIST,
  LIST_CONTAINERS,
  READ,
  COPY
}
