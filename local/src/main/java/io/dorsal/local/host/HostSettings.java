package io.dorsal.local.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The app settings: what Azure hands to a functions app as environment variables. Immutable; its
 * {@code toString} names no value, for connection strings are among them.
 */
public final class HostSettings {

  private static final Pattern REFERENCE = Pattern.compile("%([^%]+)%");
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final Map<String, String> values;

  private HostSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Exactly these settings. */
  public static HostSettings of(Map<String, String> values) {
    return new HostSettings(values);
  }

  /** The process's environment variables. */
  public static HostSettings environment() {
    return new HostSettings(System.getenv());
  }

  /**
   * The {@code Values} of a {@code local.settings.json}; an environment variable of the same name
   * wins, as with the Functions Core Tools.
   *
   * @throws tools.jackson.core.JacksonException if the file cannot be read or is not JSON
   * @throws IllegalArgumentException if the file has no {@code Values}
   */
  public static HostSettings fromFile(Path file) {
    JsonNode declared = LENIENT.readTree(file.toFile()).path("Values");
    if (!declared.isObject()) {
      throw new IllegalArgumentException(file + " has no object named Values");
    }
    Map<String, String> merged = new LinkedHashMap<>();
    declared.properties().forEach(entry -> merged.put(entry.getKey(), entry.getValue().asString()));
    merged.putAll(System.getenv());
    return new HostSettings(merged);
  }

  /** One setting, if present and not empty. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** Every setting by name. */
  Map<String, String> all() {
    return values;
  }

  /**
   * The text with every {@code %NAME%} replaced by its setting.
   *
   * @throws IllegalStateException naming the setting that is missing
   */
  String resolve(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(required(match.group(1))));
  }

  /**
   * The connection string a binding's {@code connection} names; an empty name means {@code
   * AzureWebJobsServiceBus}, and the prefix {@code AzureWebJobs} may be left out of any name.
   *
   * @throws IllegalStateException naming the setting that is missing
   */
  String connection(String name) {
    String wanted = name.isEmpty() ? "ServiceBus" : name;
    return find(wanted).or(() -> find("AzureWebJobs" + wanted)).orElseGet(() -> required(wanted));
  }

  /** Whether {@code AzureWebJobs.<function>.Disabled} switches the function off. */
  boolean disables(String function) {
    return find("AzureWebJobs." + function + ".Disabled")
        .or(() -> find("AzureWebJobs__" + function + "__Disabled"))
        .filter(value -> value.equalsIgnoreCase("true") || value.equals("1"))
        .isPresent();
  }

  private String required(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("The setting " + name + " is missing"));
  }

  @Override
  public String toString() {
    return "HostSettings[" + values.size() + " values]";
  }
}
