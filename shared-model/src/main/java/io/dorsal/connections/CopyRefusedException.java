package io.dorsal.connections;

import org.jspecify.annotations.Nullable;

/** A copy came to nothing; its target is not there. The message names no secret. */
public class CopyRefusedException extends RuntimeException {

  private final StorageVerdict.Refused verdict;
  private final @Nullable StorageAnswer answer;

  CopyRefusedException(
      StorageVerdict.Refused verdict,
      @Nullable StorageAnswer answer,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.verdict = verdict;
    this.answer = answer;
  }

  /** What it means and whether another try may succeed. */
  public StorageVerdict.Refused verdict() {
    return verdict;
  }

  /** The answer that decided; null where both stores were content and the bytes were not. */
  public @Nullable StorageAnswer answer() {
    return answer;
  }
}
