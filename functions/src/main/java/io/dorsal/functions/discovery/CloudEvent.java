package io.dorsal.functions.discovery;

import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Members;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The envelope of a message from another system: CloudEvents 1.0.2 in JSON, structured mode.
 *
 * @param specversion {@code 1.0}
 * @param id with {@code source} unique for each distinct event (section "id")
 * @param source who sends
 * @param type what is meant
 * @param data depends on the type
 * @param traceparent of the Distributed Tracing extension
 */
record CloudEvent(
    @Nullable String specversion,
    @Nullable String id,
    @Nullable String source,
    @Nullable String type,
    @Nullable String datacontenttype,
    @Nullable JsonNode data,
    @Nullable String traceparent) {

  private static final int LONGEST_SOURCE = 200;
  private static final int LONGEST_ID = 1_024;

  /**
   * Reads an event of the one type. Other attributes are extensions and let pass.
   *
   * @throws ProblemException MALFORMED_REQUEST, VALIDATION_FAILED
   */
  static CloudEvent parse(String message, String expectedType) {
    CloudEvent event = Members.bind(Json.parse(message), CloudEvent.class, "", true);
    new Validation()
        .check(
            "1.0".equals(event.specversion), "specversion", "INVALID", "specversion must be 1.0.")
        .check(fits(event.id, LONGEST_ID), "id", "REQUIRED", "id needs 1 to 1,024 characters.")
        .check(
            fits(event.source, LONGEST_SOURCE),
            "source",
            "REQUIRED",
            "source needs 1 to 200 characters.")
        .check(
            expectedType.equals(event.type),
            "type",
            "UNKNOWN_VALUE",
            "type must be " + expectedType + ".")
        .check(
            event.datacontenttype == null
                || event.datacontenttype.matches("(?i)application/([a-z.+-]+\\+)?json(;.*)?"),
            "datacontenttype",
            "UNKNOWN_VALUE",
            "datacontenttype must be application/json.")
        .check(event.data != null, "data", "REQUIRED", "data is required.")
        .orThrow();
    return event;
  }

  private static boolean fits(@Nullable String text, int longest) {
    return text != null && !text.isEmpty() && text.length() <= longest;
  }

  /** The data's members. */
  <T extends Record> T data(Class<T> dataType) {
    return Members.bind(Objects.requireNonNull(data), dataType, "/data", false);
  }

  /** What makes this event the same when it is sent again. */
  String identity() {
    return source + "\n" + id;
  }
}
