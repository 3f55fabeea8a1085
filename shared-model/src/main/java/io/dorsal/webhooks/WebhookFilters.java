package io.dorsal.webhooks;

import java.util.List;
import java.util.UUID;

/**
 * Narrows what a webhook tells to events about some shares and populations and of some users; an
 * empty list narrows nothing.
 */
public record WebhookFilters(List<UUID> shareIds, List<UUID> populationIds, List<UUID> userIds) {
  static final WebhookFilters NONE = new WebhookFilters(List.of(), List.of(), List.of());
}
