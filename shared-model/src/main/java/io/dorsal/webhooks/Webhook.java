package io.dorsal.webhooks;

import io.dorsal.access.Caller;
import io.dorsal.access.Uuid7;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Where a tenant wants to be told of what happens. Immutable.
 *
 * @param url may hold a secret: it is shown to administrators, and not written anywhere else
 * @param headerNames of the tenant's own headers
 * @param dropped what was too much to keep since it was last paused
 * @param createdBy its owner
 */
public record Webhook(
    UUID tenantId,
    UUID id,
    String name,
    String url,
    List<String> events,
    WebhookFilters filters,
    List<String> headerNames,
    WebhookState state,
    long dropped,
    String createdBy,
    Instant createdAt,
    int version) {

  /** A new one; what is wanted is checked. */
  static Webhook of(Caller caller, WebhookWanted wanted, Instant now) {
    return new Webhook(
        caller.tenantId(),
        Uuid7.next(),
        Objects.requireNonNull(wanted.name()).strip(),
        Objects.requireNonNull(wanted.url()),
        Objects.requireNonNull(wanted.events()).stream().distinct().toList(),
        WebhookRules.filters(wanted.filters()),
        wanted.ownHeaders().stream().map(each -> String.valueOf(each.name())).toList(),
        WebhookState.ACTIVE,
        0,
        caller.actor(),
        now,
        0);
  }

  /** Changed as wanted, which is checked. */
  Webhook with(WebhookWanted wanted) {
    return new Webhook(
        tenantId,
        id,
        wanted.name() == null ? name : wanted.name().strip(),
        wanted.url() == null ? url : wanted.url(),
        wanted.events() == null ? events : wanted.events().stream().distinct().toList(),
        wanted.filters() == null ? filters : WebhookRules.filters(wanted.filters()),
        wanted.headers() == null
            ? headerNames
            : wanted.ownHeaders().stream().map(each -> String.valueOf(each.name())).toList(),
        state,
        dropped,
        createdBy,
        createdAt,
        version);
  }

  /** What is dropped is counted from the beginning of a pause. */
  Webhook in(WebhookState other) {
    return new Webhook(
        tenantId,
        id,
        name,
        url,
        events,
        filters,
        headerNames,
        other,
        other == WebhookState.PAUSED ? 0 : dropped,
        createdBy,
        createdAt,
        version);
  }

  /** What the audit log shows of it. */
  Map<String, Object> audited() {
    return Map.of(
        "state", state.name(),
        "name", name,
        "host", String.valueOf(URI.create(url).getHost()),
        "events", events,
        "share_ids", filters.shareIds(),
        "population_ids", filters.populationIds(),
        "user_ids", filters.userIds(),
        "header_names", headerNames,
        "dropped", dropped);
  }
}
