package io.dorsal.functions.http;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as this API speaks it: members in snake case, strict in what it takes. Thread-safe. */
public final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** A NUL no text column takes, half a surrogate pair no encoding. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private Json() {}

  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * @throws ProblemException MALFORMED_REQUEST where the text is not one JSON value
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new ProblemException(GeneralProblem.MALFORMED_REQUEST, "There is no JSON.");
      }
      return node;
    } catch (JacksonException e) {
      // Only the place: the parser's own message quotes the text, which may hold a secret.
      var at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new ProblemException(
          GeneralProblem.MALFORMED_REQUEST, "This is not JSON" + where + ".", Map.of());
    }
  }

  /** Whether the database can keep the text as it is. */
  static boolean storable(String text) {
    return !UNSTORABLE.matcher(text).find();
  }

  /**
   * @param errors at least one
   */
  static ProblemException refusal(List<FieldError> errors) {
    String more = errors.size() > 1 ? " (+" + (errors.size() - 1) + " more)" : "";
    return new ProblemException(
        GeneralProblem.VALIDATION_FAILED,
        errors.getFirst().message() + more,
        Map.of("fields", List.copyOf(errors)));
  }
}
