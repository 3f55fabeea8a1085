package io.dorsal.support;

import io.dorsal.operations.Redactor;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Takes out of a support bundle what must leave no house: secrets, tokens and keys as {@link
 * Redactor} does, and besides e-mail addresses and coordinates. Rather hides too much. Pure.
 */
final class Scrubber {

  private static final String HIDDEN = "***";

  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "[\\p{L}\\p{N}._%+-]{1,64}(?:@|%40)[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})+"),
          rule("\\beyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){1,2}"),
          rule("\\bdk_[A-Za-z0-9]{4,}_[A-Za-z0-9_-]{16,}"),
          new Rule(
              Pattern.compile(
                  "(?i)\\b((?:gps)?_?(?:lat(?:itude)?|lon(?:gitude)?|lng|altitude|position)(?:ref)?"
                      + "[\"']?\\s{0,3}[:=]\\s{0,3}[\"'(\\[]?)[-+]?\\d+(?:[.,]\\d+)?"),
              "$1" + HIDDEN),
          rule(
              "\\d{1,3}\\s?°\\s?\\d{1,2}(?:[.,]\\d+)?\\s?['′’]?\\s?(?:\\d{1,2}(?:[.,]\\d+)?\\s?[\"″”]?)?\\s?[NSEWO]?"),
          rule(
              "(?<![\\d.])(?<!\\d:)[-+]?\\d{1,3}\\.\\d{2,}\\s?[,;/"
                  + " ]\\s?[-+]?\\d{1,3}\\.\\d{2,}(?![\\d.])"),
          rule("(?<![\\d.])(?<!\\d:)[-+]?\\d{1,3}\\.\\d{4,}(?![\\d.])"));

  private static final Pattern PLACE =
      Pattern.compile(
          "(?i).*(latitude|longitude|altitude|\\blat\\b|\\blon\\b|\\blng\\b|gps|position|coordinates).*");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(secret|password|credential|token|signature|api_?key|account_?key|e_?mail).*");

  private Scrubber() {}

  private static Rule rule(String pattern) {
    return new Rule(Pattern.compile(pattern), HIDDEN);
  }

  static String clean(String text) {
    String clean = Redactor.redact(text);
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }

  /** The same for every text in it, and for what its name gives away. */
  static JsonNode clean(JsonNode node) {
    return clean("", node);
  }

  private static JsonNode clean(String name, JsonNode node) {
    JsonNodeFactory make = JsonMapper.shared().getNodeFactory();
    if (node.isObject()) {
      var object = make.objectNode();
      node.forEachEntry((member, value) -> object.set(clean(member), clean(member, value)));
      return object;
    }
    if (node.isArray()) {
      var array = make.arrayNode();
      node.forEach(each -> array.add(clean(name, each)));
      return array;
    }
    if (node.isNull() || node.isBoolean()) {
      return node;
    }
    if (PLACE.matcher(name).matches() || SECRET.matcher(name).matches()) {
      return make.stringNode(HIDDEN);
    }
    if (node.isString()) {
      return make.stringNode(clean(node.asString()));
    }
    return node.isIntegralNumber() || clean(node.asString()).equals(node.asString())
        ? node
        : make.stringNode(HIDDEN);
  }

  /** A setting's value as a bundle shows it. */
  static String setting(String name, @Nullable String value) {
    boolean secret = name.matches("(?i).*(KEY|SECRET|PASSWORD|CONNECTION|TOKEN|SAS|CREDENTIAL).*");
    return value == null || value.isEmpty() ? "" : secret ? HIDDEN : clean(value);
  }
}
