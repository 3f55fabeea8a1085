package io.dorsal.functions.description;

import static io.dorsal.functions.description.Schemas.ordered;

import io.dorsal.access.Budget;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Permission;
import io.dorsal.functions.http.Who;
import io.dorsal.problem.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One method of one path.
 *
 * @param name of the function
 */
record Operation(String name, Permission row, Described described) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
  private static final Set<ErrorCode> ANYWHERE =
      EnumSet.of(
          ErrorCode.URL_TOO_LONG,
          ErrorCode.HEADERS_TOO_LARGE,
          ErrorCode.RATE_LIMITED,
          ErrorCode.INTERNAL_ERROR,
          ErrorCode.REQUEST_TIMEOUT,
          ErrorCode.SERVICE_UNAVAILABLE,
          ErrorCode.SCHEMA_VERSION_MISMATCH);
  private static final Set<ErrorCode> SIGNED_IN =
      EnumSet.of(
          ErrorCode.AUTH_TOKEN_MISSING,
          ErrorCode.AUTH_TOKEN_INVALID,
          ErrorCode.API_KEY_INVALID,
          ErrorCode.AUTHZ_USER_SUSPENDED,
          ErrorCode.AUTHZ_USER_UNKNOWN,
          ErrorCode.AUTHZ_TENANT_SUSPENDED,
          ErrorCode.AUTHZ_MFA_REQUIRED,
          ErrorCode.AUTHZ_IP_DENIED,
          ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);

  Map<String, Object> toJson(Schemas schemas) {
    String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    Map<String, Object> json =
        ordered(
            "operationId",
            name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
            "summary",
            words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
            "description",
            needs(),
            "tags",
            List.of(row.route().replaceFirst("[/.].*", "")),
            "x-role",
            row.who().name(),
            "x-rate-class",
            row.rate().name());
    if (row.scope() != null) {
      json.put("x-scope", row.scope().text());
    }
    if (row.who() == Who.ANYONE) {
      json.put("security", List.of());
    }
    json.put("parameters", parameters(schemas));
    if (described.body() != void.class) {
      json.put(
          "requestBody",
          ordered("required", true, "content", json(schemas.sent(described.body()))));
    }
    json.put("responses", responses(schemas));
    return json;
  }

  private String needs() {
    String scope = row.scope() == null ? "" : " and the scope `" + row.scope().text() + "`";
    return switch (row.who()) {
      case ANYONE -> "Needs no login.";
      case SIGNED_IN -> "Needs a login" + scope + ".";
      default -> "Needs the role " + row.who() + scope + ".";
    };
  }

  private List<Map<String, Object>> parameters(Schemas schemas) {
    List<Map<String, Object>> all = new ArrayList<>();
    PLACEHOLDER
        .matcher(row.route())
        .results()
        .forEach(match -> all.add(parameter(match.group(1), "path", Map.of("type", "string"))));
    for (Described.Param each : described.query()) {
      all.add(parameter(each.name(), "query", schemas.parameter(each.type())));
    }
    if (described.most() > 0) {
      all.add(
          parameter(
              "limit",
              "query",
              ordered(
                  "type", "integer", "minimum", 1, "maximum", described.most(), "default", 50)));
      all.add(parameter("cursor", "query", Map.of("type", "string")));
    }
    if (described.ifMatch()) {
      all.add(required(parameter("If-Match", "header", Map.of("type", "string"))));
    }
    if (described.onceOnly()) {
      all.add(
          required(
              parameter(
                  "Idempotency-Key",
                  "header",
                  ordered("type", "string", "minLength", 1, "maxLength", 255))));
    }
    return all;
  }

  private static Map<String, Object> parameter(String name, String in, Object schema) {
    Map<String, Object> json = ordered("name", name, "in", in, "schema", schema);
    return in.equals("path") ? required(json) : json;
  }

  private static Map<String, Object> required(Map<String, Object> parameter) {
    parameter.put("required", true);
    return parameter;
  }

  private Map<String, Object> responses(Schemas schemas) {
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(String.valueOf(described.status()), success(schemas));
    for (int status : described.also()) {
      responses.put(String.valueOf(status), ordered("description", "Done"));
    }
    Map<Integer, List<ErrorCode>> refusals = new TreeMap<>();
    codes()
        .forEach(code -> refusals.computeIfAbsent(code.status(), s -> new ArrayList<>()).add(code));
    refusals.forEach((status, codes) -> responses.put(String.valueOf(status), refusal(codes)));
    for (int status : described.alike()) {
      responses.put(String.valueOf(status), success(schemas));
    }
    return responses;
  }

  private Map<String, Object> success(Schemas schemas) {
    Map<String, Object> headers = headers();
    Map<String, Object> text = header("string");
    if (described.tagged()) {
      headers.put("ETag", text);
    }
    if (described.status() == 201 || described.status() == 202) {
      headers.put("Location", text);
    }
    Map<String, Object> json = ordered("description", "Done", "headers", headers);
    if (!described.type().equals("application/json")) {
      json.put("content", Map.of(described.type(), text));
    } else if (described.answer() != void.class) {
      Map<String, Object> one = schemas.answered(described.answer());
      json.put("content", json(described.page() ? page(one) : one));
    }
    return json;
  }

  /** Of every answer; what is left of the minute is told where calls are limited. */
  private static Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("X-Request-Id", header("string"));
    Budget.HEADERS.forEach(name -> headers.put(name, header("integer")));
    return headers;
  }

  private static Map<String, Object> header(String type) {
    return ordered("schema", Map.of("type", type));
  }

  private static Map<String, Object> page(Map<String, Object> item) {
    return ordered(
        "type",
        "object",
        "properties",
        ordered(
            "items",
            ordered("type", "array", "items", item),
            "next_cursor",
            ordered("type", List.of("string", "null"))),
        "required",
        List.of("items", "next_cursor"));
  }

  private static Map<String, Object> refusal(List<ErrorCode> codes) {
    StringBuilder text = new StringBuilder();
    Map<String, Object> headers = headers();
    if (codes.stream().anyMatch(ErrorCode::retryable)) {
      headers.put("Retry-After", header("integer"));
    }
    codes.forEach(
        code -> text.append("- `").append(code).append("`: ").append(code.cause()).append('\n'));
    return ordered(
        "description",
        text.toString().strip(),
        "headers",
        headers,
        "content",
        Map.of(
            "application/problem+json",
            Map.of(
                "schema",
                ordered(
                    "allOf",
                    List.of(
                        Map.of("$ref", "#/components/schemas/Problem"),
                        ordered(
                            "type",
                            "object",
                            "properties",
                            Map.of(
                                "code",
                                ordered("enum", codes.stream().map(Enum::name).toList()))))))));
  }

  private static Map<String, Object> json(Object schema) {
    return Map.of("application/json", Map.of("schema", schema));
  }

  private Set<ErrorCode> codes() {
    Set<ErrorCode> codes = EnumSet.copyOf(ANYWHERE);
    if (row.who() != Who.ANYONE) {
      codes.addAll(SIGNED_IN);
      if (row.who() != Who.SIGNED_IN) {
        codes.add(ErrorCode.PERMISSION_DENIED);
      }
    }
    if (row.scope() != null) {
      codes.add(ErrorCode.SCOPE_MISSING);
    }
    if (row.route().contains("{")) {
      codes.add(ErrorCode.NOT_FOUND);
    }
    if (described.most() > 0 || described.query().length > 0) {
      codes.add(ErrorCode.VALIDATION_FAILED);
    }
    if (described.most() > 0) {
      codes.add(ErrorCode.PAGE_CURSOR_INVALID);
    }
    if (described.body() != void.class) {
      codes.addAll(
          Set.of(
              ErrorCode.MALFORMED_REQUEST,
              ErrorCode.VALIDATION_FAILED,
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              ErrorCode.PAYLOAD_TOO_LARGE));
    }
    if (described.ifMatch()) {
      codes.addAll(
          Set.of(
              ErrorCode.MALFORMED_REQUEST,
              ErrorCode.PRECONDITION_REQUIRED,
              ErrorCode.STALE_VERSION));
    }
    if (described.onceOnly()) {
      codes.addAll(
          Set.of(
              ErrorCode.MALFORMED_REQUEST,
              ErrorCode.IDEMPOTENCY_KEY_REQUIRED,
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              ErrorCode.IDEMPOTENCY_IN_PROGRESS));
    }
    codes.addAll(List.of(described.problems()));
    return codes;
  }
}
