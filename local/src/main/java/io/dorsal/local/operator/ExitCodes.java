package io.dorsal.local.operator;

/** What the commands tell the shell. */
final class ExitCodes {

  static final int DONE = 0;

  /** The API refused; the problem is shown. */
  static final int REFUSED = 1;

  static final int USAGE = 2;

  static final int UNREACHABLE = 3;

  /** The call worked, what it is about is not well. */
  static final int NOT_WELL = 4;

  private ExitCodes() {}
}
