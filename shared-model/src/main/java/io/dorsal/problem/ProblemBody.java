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
    body.put("status", problem.status());
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
}
