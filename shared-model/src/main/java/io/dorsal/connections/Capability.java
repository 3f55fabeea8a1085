package io.dorsal.connections;

/** How far a credential was seen to allow one kind of access. */
public enum Capability {
  OK,
  WARN,
  FAIL,
  UNKNOWN
}
