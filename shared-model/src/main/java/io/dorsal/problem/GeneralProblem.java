package io.dorsal.problem;

/** Refusals that any room may make. */
public enum GeneralProblem implements Problem {
  MALFORMED_REQUEST(Category.INVALID, "The request cannot be read.", "Correct the request."),
  VALIDATION_FAILED(Category.INVALID, "Some fields are not valid.", "Correct the named fields."),
  PAGE_CURSOR_INVALID(
      Category.INVALID, "The cursor belongs to another list.", "Start the list again."),
  IDEMPOTENCY_KEY_REQUIRED(
      Category.INVALID, "The Idempotency-Key header is missing.", "Send Idempotency-Key."),
  IDEMPOTENCY_KEY_REUSED(
      Category.UNPROCESSABLE, "This key was used with another body.", "Use a new key."),
  IDEMPOTENCY_IN_PROGRESS(
      Category.CONFLICT, "The first call with this key still runs.", "Try again in a moment.") {
    @Override
    public boolean retryable() {
      return true;
    }
  },
  NOT_FOUND(
      Category.NOT_FOUND, "It does not exist or is not visible.", "Refresh, or ask for access."),
  METHOD_NOT_ALLOWED(
      Category.METHOD_NOT_ALLOWED, "This method is not offered here.", "See the Allow header."),
  UNSUPPORTED_MEDIA_TYPE(
      Category.UNSUPPORTED_MEDIA_TYPE, "The content type is not understood.", "Send JSON."),
  NAME_TAKEN(Category.CONFLICT, "The name is in use.", "Choose another name."),
  STALE_VERSION(
      Category.STALE, "It changed since you loaded it.", "Refresh, redo the change, save."),
  PRECONDITION_REQUIRED(
      Category.PRECONDITION_REQUIRED, "If-Match is missing.", "Load the record first."),
  PAYLOAD_TOO_LARGE(Category.TOO_LARGE, "The body is over the limit.", "Send less at once."),
  UPSTREAM_ERROR(Category.UPSTREAM, "Another system failed.", "Try again in a minute."),
  SERVICE_UNAVAILABLE(
      Category.UNAVAILABLE, "A part of Dorsal is not there.", "Try again; see health."),
  INTERNAL_ERROR(
      Category.INTERNAL, "Something unexpected went wrong.", "Try again; report the trace id.");

  private final Category category;
  private final String title;
  private final String fix;

  GeneralProblem(Category category, String title, String fix) {
    this.category = category;
    this.title = title;
    this.fix = fix;
  }

  @Override
  public Category category() {
    return category;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }
}
