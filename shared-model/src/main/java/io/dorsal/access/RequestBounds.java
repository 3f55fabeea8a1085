package io.dorsal.access;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.Problem;
import io.dorsal.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** How much of a call is read, wherever HTTP is served. */
public final class RequestBounds {

  /** Of a JSON body. */
  public static final int BODY_BYTES = 1 << 20;

  /** Of all header lines together, names and values. */
  public static final int HEADER_BYTES = 32 << 10;

  /** Of path and query as they are sent. */
  public static final int URL_BYTES = 8 << 10;

  /** Colon, blank, and the line's end. */
  private static final int BETWEEN = 4;

  private RequestBounds() {}

  /**
   * @param url path and query, percent-encoded
   * @throws ProblemException URL_TOO_LONG
   */
  public static void checkUrl(String url) {
    if (url.length() > URL_BYTES) {
      throw refusal(GeneralProblem.URL_TOO_LONG, "The URL has more than 8 KiB.", "URL", URL_BYTES);
    }
  }

  /**
   * @throws ProblemException HEADERS_TOO_LARGE
   */
  public static void checkHeaders(Map<String, ? extends Collection<String>> headers) {
    long bytes = 0;
    for (var header : headers.entrySet()) {
      for (String value : header.getValue()) {
        bytes += header.getKey().length() + BETWEEN + (value == null ? 0 : value.length());
      }
    }
    if (bytes > HEADER_BYTES) {
      throw refusal(
          GeneralProblem.HEADERS_TOO_LARGE,
          "The headers have more than 32 KiB.",
          "HEADERS",
          HEADER_BYTES);
    }
  }

  /**
   * @throws ProblemException PAYLOAD_TOO_LARGE
   */
  public static void checkBody(String body) {
    if (body.length() > BODY_BYTES
        || (body.length() > BODY_BYTES / 3
            && body.getBytes(StandardCharsets.UTF_8).length > BODY_BYTES)) {
      throw refusal(
          GeneralProblem.PAYLOAD_TOO_LARGE,
          "The body has more than 1 MiB.",
          "JSON_BODY",
          BODY_BYTES);
    }
  }

  private static ProblemException refusal(Problem problem, String detail, String by, int bytes) {
    return new ProblemException(problem, detail, Map.of("limited_by", by, "limit_bytes", bytes));
  }
}
