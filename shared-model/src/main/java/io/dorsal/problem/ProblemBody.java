package io.dorsal.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal as {@code application/problem+json} (RFC 9457), the same wherever HTTP is served. */
public final class ProblemBody {

  private ProblemBody() {}

  /**
   * The members in their order.
   *
   * @param instance the path of the call
   */
  public static Map<String, Object> of(
      Problem problem,
      String detail,
      Map<String, Object> details,
      String instance,
      String traceId,
      String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:dorsal:error:" + problem.name());
    body.put("title", problem.title());
    body.put("status", status(problem.category()));
    body.put("detail", detail);
    body.put("instance", instance);
    body.put("code", problem.name());
    body.put("trace_id", traceId);
    body.put("request_id", requestId);
    body.put("retryable", problem.retryable());
    body.put("fix", problem.fix());
    body.put("details", details);
    return body;
  }

  /** The HTTP status of a kind of refusal. */
  public static int status(Category category) {
    return switch (category) {
      case INVALID -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case CONFLICT -> 409;
      case STALE -> 412;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case UNPROCESSABLE -> 422;
      case PRECONDITION_REQUIRED -> 428;
      // An item's problem is shown with its file; as an answer it would be a defect.
      case INTERNAL, ITEM -> 500;
      case UPSTREAM, UPSTREAM_AUTH -> 502;
      case UNAVAILABLE -> 503;
    };
  }
}
