package io.dorsal.access;

import java.util.List;

/** What was taken of each minute by all instances. Thread-safe. */
interface RateStore {

  /**
   * A question for units.
   *
   * @param key digest of whom it is for
   * @param need fewer are of no use
   * @param want at least {@code need}
   */
  record Question(String key, int limit, int need, int want) {}

  /**
   * @param granted none, or {@code need} to {@code want}
   * @param taken what all instances hold or used in the last minute, these included
   * @param second when they were taken, in seconds since 1970
   * @param oldest when the oldest of those that still count were taken
   * @param waitMillis until {@code need} can be had, where nobody else takes it; 0 when granted
   */
  record Grant(int granted, int taken, long second, long oldest, long waitMillis) {}

  /** Units that were taken in this second and not used. */
  record Unused(String key, long second, int units) {}

  /** One answer for each question; the questions are in the order of their dimensions. */
  List<Grant> take(List<Question> questions);

  /** Gives back; in the order of dimensions and keys. */
  void giveBack(List<Unused> unused);

  /** Forgets minutes that are over; harmless where several instances do it at once. */
  void forgetOld();
}
