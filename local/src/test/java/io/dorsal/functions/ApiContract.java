package io.dorsal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers against the API's own description: status, content type, every member and every
 * code must be described. Thread-safe.
 */
public final class ApiContract {

  /** One method of one path, as it is described. */
  public record Operation(String method, String path, JsonNode json) {

    boolean fits(String called) {
      StringBuilder shape = new StringBuilder();
      for (String segment : path.substring(1).split("/", -1)) {
        shape.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
      }
      return called.matches("(?i)" + shape);
    }

    /** Who may call it. */
    public String role() {
      return json.path("x-role").asString();
    }
  }

  /** 40-21: stack traces, types and statements are nobody's but ours. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\wException\\b|\\bat (io|java|com|org)\\.|\\tat |jdbc:|(?i)select .* from |insert into ");

  private static final String REFERENCE = "#/components/schemas/";
  private static final String DEFINITIONS = "https://dorsal.example/definitions";

  /** Holds the definitions once: compiled into each schema they would fill the heap. */
  private final SchemaRegistry registry;

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  ApiContract(JsonNode document) {
    var definitions = JsonMapper.shared().createObjectNode();
    definitions.set("$defs", standing(document.at("/components/schemas")));
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(DEFINITIONS, definitions.toString())));
    document
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, json) ->
                        operations.add(
                            new Operation(method.toUpperCase(Locale.ROOT), path, json))));
    // The fewer placeholders, the closer.
    operations.sort(Comparator.comparing(each -> each.path().split("\\{", -1).length));
  }

  public List<Operation> operations() {
    return operations;
  }

  /**
   * @param path below {@code /api/v1}, with its query
   * @param type the content type; null where there is none
   * @throws AssertionError where the answer is not as described
   */
  void check(String method, String path, int status, @Nullable String type, String text) {
    String plain = path.replaceFirst("\\?.*", "").replaceFirst("(?<=.)/$", "");
    Optional<Operation> called =
        operations.stream()
            .filter(each -> each.method().equals(method) && each.fits(plain))
            .findFirst();
    if (called.isEmpty()) {
      assertThat(status)
          .as("%s %s is not described: %s", method, path, text)
          .isIn(404, 405, 414, 431);
      return;
    }
    Operation operation = called.get();
    String where = operation.method() + " " + operation.path() + " " + status;
    JsonNode response = operation.json().path("responses").path(String.valueOf(status));
    assertThat(response.isMissingNode()).as("%s is not described: %s", where, text).isFalse();
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(text).as(where).isEmpty();
      return;
    }
    String media = String.valueOf(type).replaceFirst(";.*", "");
    assertThat(content.propertyNames()).as(where).contains(media);
    if (media.equals("application/problem+json")) {
      assertThat(INSIDE.matcher(text).find())
          .as("%s tells of the inside: %s", where, text)
          .isFalse();
    }
    if (media.endsWith("json")) {
      checkBody(where, content.path(media).path("schema"), JsonMapper.shared().readTree(text));
    }
  }

  private void checkBody(String where, JsonNode schema, JsonNode body) {
    var errors =
        schemas
            .computeIfAbsent(where, key -> registry.getSchema(standing(schema)))
            .validate(
                body,
                (ExecutionContext context) ->
                    context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    assertThat(errors).as("%s: %s", where, body).isEmpty();
  }

  /** A schema beyond its document. */
  private static JsonNode standing(JsonNode schema) {
    String text = closed(schema.deepCopy()).toString().replace(REFERENCE, DEFINITIONS + "#/$defs/");
    return JsonMapper.shared().readTree(text);
  }

  /** Clients must bear members that come later; here a member that is not described is a defect. */
  private static JsonNode closed(JsonNode schema) {
    schema.forEach(ApiContract::closed);
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && object.has("required")
        && object.path("type").asString("").equals("object")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    return schema;
  }
}
