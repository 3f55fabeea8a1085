package io.dorsal.functions.webhooks;

import io.dorsal.webhooks.Webhook;
import io.dorsal.webhooks.WebhookFilters;
import io.dorsal.webhooks.WebhookState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is shown.
 *
 * @param headerNames of its own headers, whose values are not shown
 * @param dropped what was too much to keep since it was last paused
 * @param secret what was made to sign, in the first answer only; null everywhere else
 */
record WebhookAnswer(
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
    @Nullable String secret) {

  static WebhookAnswer of(Webhook webhook) {
    return new WebhookAnswer(
        webhook.id(),
        webhook.name(),
        webhook.url(),
        webhook.events(),
        webhook.filters(),
        webhook.headerNames(),
        webhook.state(),
        webhook.dropped(),
        webhook.createdBy(),
        webhook.createdAt(),
        null);
  }
}
