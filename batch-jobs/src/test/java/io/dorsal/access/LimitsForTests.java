package io.dorsal.access;

/** Limits of a process that counts nothing. */
public final class LimitsForTests {

  private LimitsForTests() {}

  @SuppressWarnings("NullAway")
  public static CallLimits none(RequestSettings off) {
    return new CallLimits(null, null, null, off, null);
  }
}
