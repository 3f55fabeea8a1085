package io.dorsal.webhooks;

import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.EventNames;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a webhook may be. */
final class WebhookRules {

  static final int MOST_OF_A_TENANT = 20;

  private static final int LONGEST_NAME = 100;
  private static final int MOST_EVENTS = 100;
  private static final int MOST_FILTERED = 100;
  private static final int MOST_HEADERS = 10;

  /** Names that the delivery itself uses, or that say where the message ends. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-type",
          "content-length",
          "content-encoding",
          "connection",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "keep-alive",
          "proxy-connection",
          "traceparent",
          "tracestate");

  private WebhookRules() {}

  /**
   * @param whole whether name, url and events have to be there
   * @throws ProblemException VALIDATION_FAILED
   */
  static void check(WebhookWanted wanted, boolean whole) {
    var validation = new Validation();
    String name = wanted.name();
    validation.check(
        name == null ? !whole : Validation.isText(name) && name.strip().length() <= LONGEST_NAME,
        "name",
        "INVALID",
        "name must have 1 to 100 characters.");
    String url = wanted.url();
    validation.check(
        url == null ? !whole : isUrl(url),
        "url",
        "INVALID",
        "url must be a URL of at most 2048 ASCII characters, without user and fragment.");
    List<String> events = wanted.events();
    validation.check(
        events == null
            ? !whole
            : !events.isEmpty()
                && events.size() <= MOST_EVENTS
                && events.stream().allMatch(WebhookRules::isEvent),
        "events",
        "INVALID",
        "events must be 1 to 100 categories such as SECURITY or names that are told such as"
            + " scan.finished.");
    String secret = wanted.secret();
    validation.check(
        secret == null || secret.matches("[\\x21-\\x7e]{32,256}"),
        "secret",
        "INVALID",
        "secret must be 32 to 256 printable ASCII characters.");
    checkFilters(validation, wanted.filters());
    checkHeaders(validation, wanted.headers());
    validation.orThrow();
  }

  static boolean isUrl(String url) {
    if (!url.matches("[\\x21-\\x7e]{1,2048}")) {
      return false;
    }
    try {
      URI parsed = URI.create(url);
      return parsed.getHost() != null
          && parsed.getRawUserInfo() == null
          && parsed.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isEvent(@Nullable String event) {
    return event != null
        && (EventNames.all().contains(event)
            || Arrays.stream(AuditCategory.values()).anyMatch(each -> each.name().equals(event)));
  }

  private static void checkFilters(Validation validation, WebhookWanted.@Nullable Filters filters) {
    if (filters == null) {
      return;
    }
    for (List<String> ids :
        Arrays.asList(filters.shareIds(), filters.populationIds(), filters.userIds())) {
      validation.check(
          ids == null
              || (ids.size() <= MOST_FILTERED
                  && ids.stream().allMatch(id -> id != null && Validation.uuid(id) != null)),
          "filters",
          "INVALID",
          "filters must be lists of at most 100 ids.");
    }
  }

  private static void checkHeaders(Validation validation, @Nullable List<WebhookHeader> headers) {
    if (headers == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    boolean fit =
        headers.size() <= MOST_HEADERS
            && headers.stream()
                .allMatch(
                    each ->
                        each != null
                            && isHeader(each)
                            && seen.add(
                                Objects.requireNonNull(each.name()).toLowerCase(Locale.ROOT)));
    validation.check(
        fit,
        "headers",
        "INVALID",
        "headers must be at most 10 of different names that a delivery does not use itself, with"
            + " values of 1 to 1024 printable ASCII characters.");
  }

  static boolean isHeader(WebhookHeader header) {
    String name = header.name();
    String value = header.value();
    return name != null
        && value != null
        && name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
        && !OWN.contains(name.toLowerCase(Locale.ROOT))
        && !name.toLowerCase(Locale.ROOT).startsWith("x-dorsal-")
        && value.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,1022}[\\x21-\\x7e])?");
  }

  /** The checked filters by ids. */
  static WebhookFilters filters(WebhookWanted.@Nullable Filters filters) {
    return filters == null
        ? WebhookFilters.NONE
        : new WebhookFilters(
            ids(filters.shareIds()), ids(filters.populationIds()), ids(filters.userIds()));
  }

  private static List<UUID> ids(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts.stream().map(UUID::fromString).distinct().toList();
  }
}
