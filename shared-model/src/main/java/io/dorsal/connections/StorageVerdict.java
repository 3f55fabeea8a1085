package io.dorsal.connections;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a storage account's refusal means. */
public sealed interface StorageVerdict {

  /**
   * The refusal has a name.
   *
   * @param problem the code; says also whether another try may succeed
   * @param cause why the source of a copy could not be verified; null where that is unknown or no
   *     copy was asked for
   * @param causeText Azure's own words where the cause is unknown; else empty
   * @param retryAfter how long to wait before another try, at most 60 s; null where the store did
   *     not say
   * @param mintAnew whether the token was one of Dorsal's own that ended: a fresh one is tried
   *     once, uncounted
   */
  record Refused(
      ConnectionProblem problem,
      @Nullable ConnectionProblem cause,
      String causeText,
      @Nullable Duration retryAfter,
      boolean mintAnew)
      implements StorageVerdict {

    /** Whether the same request may succeed later. */
    public boolean retryable() {
      return problem.retryable();
    }

    /** What a person can mend: the cause where one is known. */
    public ConnectionProblem toMend() {
      return cause == null ? problem : cause;
    }

    /** The member {@code details.cause}: the cause's code, or UNKNOWN and Azure's text. */
    public String causeCode() {
      return cause == null ? "UNKNOWN" : cause.name();
    }
  }

  /** The store does not offer this server-side copy: the bytes go through the worker instead. */
  record StreamInstead() implements StorageVerdict {}

  /** An answer that no table foresees; it says nothing about connection or file. */
  record Unforeseen() implements StorageVerdict {}
}
