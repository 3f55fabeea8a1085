package io.dorsal.functions.description;

import static io.dorsal.functions.description.Schemas.ordered;

import io.dorsal.problem.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What {@code io.dorsal.problem.ProblemBody} writes. */
final class ProblemSchema {

  private static final Map<String, Object> TEXT = Map.of("type", "string");

  static final Map<String, Object> SCHEMA =
      ordered(
          "type",
          "object",
          "properties",
          ordered(
              "type",
              TEXT,
              "title",
              TEXT,
              "status",
              Map.of("type", "integer"),
              "detail",
              TEXT,
              "instance",
              TEXT,
              "code",
              ordered("type", "string", "enum", codes()),
              "trace_id",
              ordered("type", "string", "pattern", "^[0-9a-f]{32}$"),
              "request_id",
              TEXT,
              "retryable",
              Map.of("type", "boolean"),
              "fix",
              TEXT,
              "details",
              Map.of("type", "object")),
          "required",
          List.of(
              "type",
              "title",
              "status",
              "detail",
              "instance",
              "code",
              "trace_id",
              "request_id",
              "retryable",
              "fix",
              "details"));

  private ProblemSchema() {}

  private static List<String> codes() {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> !code.isItem())
        .map(ErrorCode::name)
        .toList();
  }
}
