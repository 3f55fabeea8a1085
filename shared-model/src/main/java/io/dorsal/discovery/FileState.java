package io.dorsal.discovery;

/** What became of one found file in a scan. */
public enum FileState {
  /** It was read. */
  INSPECTED,
  /** It was tried and gave nothing. */
  UNREADABLE,
  /** It was left unread for a reason of its own, such as its size or its tier. */
  SKIPPED,
  /** It is gone: not listed any more, or gone when its turn came. */
  MISSING,
  /** It was found at another path than before, and keeps its id. */
  MOVED,
  /** It belongs to a class that this scan counts and does not read. */
  COUNTED,
  /** Its turn has not come. */
  PENDING
}
