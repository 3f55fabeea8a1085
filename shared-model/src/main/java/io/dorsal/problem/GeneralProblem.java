package io.dorsal.problem;

/** Refusals that any room may make. */
public enum GeneralProblem implements Problem {
  MALFORMED_REQUEST("The request cannot be read.", "Correct the request."),
  VALIDATION_FAILED("Some fields are not valid.", "Correct the named fields."),
  PAGE_CURSOR_INVALID("The cursor belongs to another list.", "Start the list again."),
  IDEMPOTENCY_KEY_REQUIRED("The Idempotency-Key header is missing.", "Send Idempotency-Key."),
  IDEMPOTENCY_KEY_REUSED("This key was used with another body.", "Use a new key."),
  IDEMPOTENCY_IN_PROGRESS("The first call with this key still runs.", "Try again in a moment."),
  NOT_FOUND("It does not exist or is not visible.", "Refresh, or ask for access."),
  METHOD_NOT_ALLOWED("This method is not offered here.", "See the Allow header."),
  UNSUPPORTED_MEDIA_TYPE("The content type is not understood.", "Send JSON."),
  STATE_CONFLICT("The state does not allow this.", "Refresh and choose an allowed action."),
  NAME_TAKEN("The name is in use.", "Choose another name."),
  STALE_VERSION("It changed since you loaded it.", "Refresh, redo the change, save."),
  PRECONDITION_REQUIRED("If-Match is missing.", "Load the record first."),
  PAYLOAD_TOO_LARGE("The body is over the limit.", "Send less at once."),
  URL_TOO_LONG("The URL is over the limit.", "Send fewer or shorter parameters."),
  HEADERS_TOO_LARGE("The headers are over the limit.", "Send fewer headers."),
  RATE_LIMITED("There were too many calls.", "Wait as long as Retry-After says."),
  UPSTREAM_ERROR("Another system failed.", "Try again in a minute."),
  UPSTREAM_TIMEOUT("Another system was silent.", "Try again in a minute."),
  REQUEST_TIMEOUT("It took too long; nothing was changed.", "Narrow the request, or try again."),
  SCHEMA_VERSION_MISMATCH(
      "The database and the program do not fit.", "The operator finishes the upgrade."),
  SERVICE_UNAVAILABLE("A part of Dorsal is not there.", "Try again; see health."),
  INTERNAL_ERROR("Something unexpected went wrong.", "Try again; report the trace id.");

  private final String title;
  private final String fix;

  GeneralProblem(String title, String fix) {
    this.title = title;
    this.fix = fix;
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
