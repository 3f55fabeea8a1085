package io.dorsal.problem;

/**
 * The kinds of refusal. One place in {@code functions} maps them to HTTP, one in {@code batch-jobs}
 * to retries.
 */
public enum Category {
  /** The request cannot be read or breaks a rule of its form. */
  INVALID(false),
  /** The request is well formed, but what it says cannot be used. */
  UNPROCESSABLE(false),
  /** No credential, or one that proves nothing. */
  UNAUTHENTICATED(false),
  /** The caller is known and may not do this. */
  FORBIDDEN(false),
  /** It does not exist, or the caller may not know that it does. */
  NOT_FOUND(false),
  /** The state of the thing does not allow the action. */
  CONFLICT(false),
  /** The caller's copy is out of date. */
  STALE(false),
  /** The caller has to state which version it means. */
  PRECONDITION_REQUIRED(false),
  /** More than the limit. */
  TOO_LARGE(false),
  /** The method is not offered here. */
  METHOD_NOT_ALLOWED(false),
  /** The content type is not understood. */
  UNSUPPORTED_MEDIA_TYPE(false),
  /** Another system refuses Dorsal's credential; only a person can change that. */
  UPSTREAM_AUTH(false),
  /** Another system failed or was silent. */
  UPSTREAM(true),
  /** A part of Dorsal is not there at the moment. */
  UNAVAILABLE(true),
  /** Shown with one file, never the answer to a request. */
  ITEM(false),
  /** A defect. */
  INTERNAL(false);

  private final boolean retryable;

  Category(boolean retryable) {
    this.retryable = retryable;
  }

  public boolean retryable() {
    return retryable;
  }
}
