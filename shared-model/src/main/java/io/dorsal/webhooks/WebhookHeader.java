package io.dorsal.webhooks;

import org.jspecify.annotations.Nullable;

/** A header of the tenant's own, sent with each delivery. Its value may be a secret. */
public record WebhookHeader(@Nullable String name, @Nullable String value) {
  @Override
  public String toString() {
    return "WebhookHeader[" + name + "]";
  }
}
