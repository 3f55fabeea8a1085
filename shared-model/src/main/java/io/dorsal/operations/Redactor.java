package io.dorsal.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that leaves Dorsal by a log, a refusal, an audit entry or a copy of a
 * message. Values of {@code sig}, {@code AccountKey}, {@code SharedAccessKey}, {@code
 * SharedAccessSignature}, {@code Authorization} and the like become {@code ***}; URLs lose their
 * query. Works on plain text, on URL-encoded text and on JSON, which stays JSON. Pure.
 */
public final class Redactor {

  private static final String HIDDEN = "***";

  /** Between a name and its value: an equals sign, plain or encoded, or a colon, also in JSON. */
  private static final String IS = "(?:\\\\?[\"'])?\\s{0,4}(?:=|:|%3D)\\s{0,4}(?:\\\\?[\"']|\\[)?";

  /** Ends where the value of a parameter, a member or a list element ends. */
  private static final String VALUE = "[^\\s\"'\\\\&;,<>(){}\\[\\]|]+";

  /** A JSON null is no secret, and must stay one for the text to stay JSON. */
  private static final String NOT_NULL = "(?!null(?:[\\s,}\\]]|$))";

  /** One way a secret is written; the first group stays. */
  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          rule("\\b(authorization" + IS + ")[^\"'\\\\\\r\\n\\]}]+", "$1" + HIDDEN),
          rule("\\b(Bearer\\s{1,4})[A-Za-z0-9._~+/=-]{8,}", "$1" + HIDDEN),
          rule("\\b(SharedKey(?:Lite)?\\s{1,4}[a-z0-9-]{1,63}:)[A-Za-z0-9+/=]+", "$1" + HIDDEN),
          rule("\\b(SharedAccessSignature(?:" + IS + "|\\s{1,4}))" + "[^\\s\"'\\\\;]+", "$1***"),
          rule("\\b((?:AccountKey|SharedAccessKey)" + IS + ")" + VALUE, "$1" + HIDDEN),
          rule("(?:(?<![a-z0-9_])|(?<=%26|%3F))(sig" + IS + ")" + VALUE, "$1" + HIDDEN),
          rule(
              "(?<![a-z0-9])((?:client_?)?(?:secret|password)" + IS + ")" + NOT_NULL + VALUE,
              "$1***"));

  /** Takes a URL in one go, so that no text costs more than its length. */
  private static final Pattern URL =
      Pattern.compile("https?://[^\\s\"'\\\\<>]*+", Pattern.CASE_INSENSITIVE);

  private Redactor() {}

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
  }

  /** The text with no secret in it; the text itself where it holds none. */
  public static String redact(String text) {
    String clean = withoutQueries(text);
    for (Rule rule : RULES) {
      var matcher = rule.pattern().matcher(clean);
      clean = matcher.find() ? matcher.replaceAll(rule.replacement()) : clean;
    }
    return clean;
  }

  private static String withoutQueries(String text) {
    Matcher matcher = URL.matcher(text);
    return text.indexOf('?') >= 0 && matcher.find()
        ? matcher.replaceAll(url -> Matcher.quoteReplacement(withoutQuery(url.group())))
        : text;
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /** The same for every text inside maps and lists; other values stay as they are. */
  public static @Nullable Object redact(@Nullable Object value) {
    return switch (value) {
      case String text -> redact(text);
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> clean = new LinkedHashMap<>();
        map.forEach((key, inner) -> clean.put(redact((Object) key), redact((Object) inner)));
        yield clean;
      }
      case List<?> list -> list.stream().map(inner -> redact((Object) inner)).toList();
      case null -> null;
      default -> value;
    };
  }
}
