package io.dorsal.local.operator;

/** The command cannot be done as it was given; nothing was sent. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
