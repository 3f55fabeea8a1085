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
  /** Chunks and ranges of files, by token: a large upload never starves the calls beside it. */
  TRANSFER('d'),
  /** An administrator's expensive questions. */
  DIAGNOSTICS('e'),
  /** Whoever calls without a login, by address. */
  ADDRESS('f'),
  /** Keys that nobody has, by address. */
  FAILED_KEYS('g');

  private final char place;

  Dimension(char place) {
    this.place = place;
  }

  /** What keys of this dimension begin with, in their order. */
  char place() {
    return place;
  }
}
