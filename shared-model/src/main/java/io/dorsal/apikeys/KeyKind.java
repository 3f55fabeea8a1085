package io.dorsal.apikeys;

/** What a key is for. */
public enum KeyKind {
  /** A person's own programs. */
  USER,
  /** The tenant's programs, whoever made it. */
  SERVICE,
  /** Sync runs; made by sync alone. */
  SYNC,
  /** Downloads of a data set, and nothing else. */
  DATASET
}
