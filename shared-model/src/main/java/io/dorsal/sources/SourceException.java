package io.dorsal.sources;

import io.dorsal.connections.ConnectionProblem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source refused. The kind, set where it arises, decides what happens next. */
public class SourceException extends RuntimeException {

  /** What a refusal means. */
  public enum Kind {
    /** The store is busy, silent or broken: the same request may succeed later. */
    BUSY,
    /** The credential is refused; only a new one helps. */
    AUTH,
    /** The root itself is not there. */
    UNAVAILABLE,
    /** This file is gone. */
    MISSING,
    /** This file is no longer the version asked for. */
    CHANGED,
    /** This file lies in the archive tier. */
    ARCHIVED
  }

  private final Kind kind;
  private final @Nullable ConnectionProblem problem;
  private final @Nullable Duration retryAfter;
  private final @Nullable String upstreamRequestId;

  /**
   * @param message names no secret; it is shown to people
   */
  public SourceException(
      Kind kind,
      @Nullable ConnectionProblem problem,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    this(kind, problem, message, retryAfter, cause, null);
  }

  /**
   * @param upstreamRequestId the store's own id of the refused request
   */
  public SourceException(
      Kind kind,
      @Nullable ConnectionProblem problem,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause,
      @Nullable String upstreamRequestId) {
    super(message, cause);
    this.upstreamRequestId = upstreamRequestId;
    this.kind = kind;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** The refusal's code; null where no table foresees the answer. */
  public @Nullable ConnectionProblem problem() {
    return problem;
  }

  /** The store's own id of the refused request, for its support; null where it gave none. */
  public @Nullable String upstreamRequestId() {
    return upstreamRequestId;
  }

  /** How long the store asked to wait; null where it did not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
