package io.dorsal.webhooks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a webhook to be; nothing of it is checked yet. Of one that is there, null
 * members stay as they are.
 *
 * @param events categories and names of audit entries
 * @param secret signs the deliveries; made where a new webhook has none
 */
public record WebhookWanted(
    @Nullable String name,
    @Nullable String url,
    @Nullable List<String> events,
    @Nullable Filters filters,
    @Nullable String secret,
    @Nullable List<WebhookHeader> headers) {

  /** Filters by ids as text. */
  public record Filters(
      @Nullable List<String> shareIds,
      @Nullable List<String> populationIds,
      @Nullable List<String> userIds) {}

  List<WebhookHeader> ownHeaders() {
    return headers == null ? List.of() : headers;
  }

  /** Which of what nobody is shown it changes; that it does is no secret. */
  Map<String, Object> hiddenOf(Webhook webhook) {
    Map<String, Object> hidden = new LinkedHashMap<>();
    hidden.put("secret_changed", secret != null);
    hidden.put("headers_changed", headers != null);
    hidden.put("url_changed", url != null && !url.equals(webhook.url()));
    hidden.values().removeIf(Boolean.FALSE::equals);
    return hidden;
  }

  @Override
  public String toString() {
    return "WebhookWanted[" + name + "]";
  }
}
