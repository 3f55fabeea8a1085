package io.dorsal.access;

/**
 * By what calls are counted. Locks and rows are taken in this order, so that none wait in a ring.
 */
public enum Dimension {
  /** One token or key. */
  TOKEN('a'),
  /** One user, by whichever token. */
  USER('b'),
  /** All of a tenant. */
  TENANT('c'),
  /** An administrator's expensive questions. */
  DIAGNOSTICS('d'),
  /** Whoever calls without a login, by address. */
  ADDRESS('e'),
  /** Keys that nobody has, by address. */
  FAILED_KEYS('f');

  private final char place;

  Dimension(char place) {
    this.place = place;
  }

  /** What keys of this dimension begin with, in their order. */
  char place() {
    return place;
  }
}
