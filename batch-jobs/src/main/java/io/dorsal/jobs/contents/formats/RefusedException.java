package io.dorsal.jobs.contents.formats;

import java.io.IOException;

/** A file that is not read on, and the code that says why. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why a file is refused, by the codes of the spec. */
  public enum Code {
    BOMB,
    ENCRYPTED,
    CORRUPT,
    TOO_LARGE
  }

  private final Code code;

  RefusedException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
