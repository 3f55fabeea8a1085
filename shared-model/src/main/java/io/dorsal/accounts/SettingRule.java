package io.dorsal.accounts;

import io.dorsal.problem.FieldError;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What a setting may be. */
sealed interface SettingRule {

  /** A whole number; {@code null} too where none is a value. */
  record Whole(long least, long most, boolean orNone) implements SettingRule {}

  /** True or false. */
  record Flag() implements SettingRule {}

  /** One of these words. */
  record OneOf(List<String> words) implements SettingRule {}

  /** At most 100 names of e-mail domains. */
  record Domains() implements SettingRule {}

  /** A zone of the IANA database. */
  record Zone() implements SettingRule {}

  /** An object of whole numbers. */
  record Group(Map<String, Whole> members) implements SettingRule {}

  /** At most 5 identity providers. */
  record Issuers() implements SettingRule {}

  /** What is wrong in one change, and the limits that say so. Not thread-safe. */
  final class Faults {

    private static final int MOST_DOMAINS = 100;
    private static final int MOST_ISSUERS = 5;
    private static final int LONGEST = 1_024;
    private static final String DOMAIN =
        "(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}[a-z]{2,63}";
    private static final Set<String> OF_ISSUER = Set.of("issuer", "jwks_url", "audience");

    private final Predicate<URI> reachable;
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, Object> limits = new LinkedHashMap<>();

    /**
     * @param reachable whether a key set may be fetched from there
     */
    Faults(Predicate<URI> reachable) {
      this.reachable = reachable;
    }

    List<FieldError> errors() {
      return List.copyOf(errors);
    }

    /** By setting, what it may be. */
    Map<String, Object> limits() {
      return Map.copyOf(limits);
    }

    void reject(String name, String pointer, String code, String message) {
      errors.add(new FieldError(name, pointer, code, message));
    }

    /**
     * Looks at a value.
     *
     * @param ceiling the operator's, of the same shape as the value; missing where there is none
     */
    void check(String name, String pointer, SettingRule rule, JsonNode value, JsonNode ceiling) {
      switch (rule) {
        case Whole whole -> whole(name, pointer, whole, value, ceiling);
        case Flag flag ->
            require(value.isBoolean(), name, pointer, "true or false", List.of(true, false));
        case OneOf one ->
            require(
                value.isString() && one.words().contains(value.asString()),
                name,
                pointer,
                "one of " + String.join(", ", one.words()),
                one.words());
        case Zone zone ->
            require(
                value.isString() && ZoneId.getAvailableZoneIds().contains(value.asString()),
                name,
                pointer,
                "a zone of the IANA database such as Africa/Nairobi",
                "IANA");
        case Domains domains -> domains(name, pointer, value);
        case Issuers issuers -> issuers(name, pointer, value);
        case Group group -> group(name, pointer, group, value, ceiling);
      }
    }

    private void whole(String name, String pointer, Whole rule, JsonNode value, JsonNode ceiling) {
      if (value.isNull() && rule.orNone()) {
        return;
      }
      long most = ceiling.isIntegralNumber() ? ceiling.asLong() : rule.most();
      boolean fits =
          value.isIntegralNumber()
              && value.canConvertToLong()
              && value.asLong() >= rule.least()
              && value.asLong() <= most;
      require(
          fits,
          name,
          pointer,
          "a whole number from " + rule.least() + " to " + most + (rule.orNone() ? " or null" : ""),
          Map.of("min", rule.least(), "max", most));
    }

    private void group(String name, String pointer, Group rule, JsonNode value, JsonNode ceiling) {
      if (!value.isObject()) {
        require(false, name, pointer, "an object", rule.members().keySet().stream().toList());
        return;
      }
      value.forEachEntry(
          (member, each) -> {
            Whole whole = rule.members().get(member);
            if (whole == null) {
              unknown(name, pointer, member);
            } else if (!each.isNull()) {
              whole(name + "." + member, pointer + "/" + member, whole, each, ceiling.path(member));
            }
          });
    }

    private void domains(String name, String pointer, JsonNode value) {
      boolean fits =
          value.isArray()
              && value.size() <= MOST_DOMAINS
              && value
                  .valueStream()
                  .allMatch(each -> each.isString() && each.asString().matches(DOMAIN));
      require(
          fits,
          name,
          pointer,
          "a list of at most " + MOST_DOMAINS + " domains such as example.org",
          Map.of("max", MOST_DOMAINS));
    }

    private void issuers(String name, String pointer, JsonNode value) {
      if (!value.isArray() || value.size() > MOST_ISSUERS) {
        require(
            false,
            name,
            pointer,
            "a list of at most " + MOST_ISSUERS + " providers",
            Map.of("max", MOST_ISSUERS));
        return;
      }
      Set<String> names = new HashSet<>();
      for (int i = 0; i < value.size(); i++) {
        issuer(name, pointer + "/" + i, value.get(i));
        String issuer = value.get(i).path("issuer").asString("").replaceFirst("/$", "");
        if (!names.add(issuer)) {
          reject(name, pointer + "/" + i, "DUPLICATE", "This issuer stands there twice.");
        }
      }
    }

    private void issuer(String name, String pointer, JsonNode value) {
      if (!value.isObject() || !Set.copyOf(value.propertyNames()).equals(OF_ISSUER)) {
        reject(
            name, pointer, "INVALID", "A provider has the members issuer, jwks_url and audience.");
        return;
      }
      for (JsonNode each : value) {
        String text = each.isString() ? each.asString() : "";
        if (text.isBlank() || text.length() > LONGEST || !text.matches("\\p{Graph}+")) {
          reject(name, pointer, "INVALID", "Its members are texts without blanks.");
          return;
        }
      }
      if (!isReachable(value.path("jwks_url").asString())) {
        reject(
            name,
            pointer + "/jwks_url",
            "ADDRESS_REFUSED",
            "jwks_url must be an https address on the internet.");
      }
    }

    private boolean isReachable(String address) {
      try {
        return reachable.test(URI.create(address));
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    void unknown(String name, String pointer, String member) {
      // What looks like no name may be a secret in the wrong place: it is not repeated.
      boolean plain = member.matches("[A-Za-z0-9_.-]{1,40}");
      reject(
          plain ? member : name,
          plain ? pointer + "/" + member : pointer,
          "UNKNOWN_MEMBER",
          plain ? "There is no member " + member + "." : "There is a member that cannot be one.");
    }

    private void require(
        boolean fits, String name, String pointer, String wanted, Object limit) {
      if (!fits) {
        reject(name, pointer, "OUT_OF_RANGE", name + " must be " + wanted + ".");
        limits.put(name, limit);
      }
    }
  }
}
