package io.dorsal.apikeys;

/** Whether a key opens anything. */
public enum KeyState {
  ACTIVE,
  EXPIRED,
  REVOKED
}
