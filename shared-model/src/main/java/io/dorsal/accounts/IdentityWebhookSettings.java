package io.dorsal.accounts;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which identity providers may tell of users by webhook.
 *
 * @param webhooks by the key in their address, in lower case
 */
@ConfigurationProperties("dorsal.identity")
public record IdentityWebhookSettings(@Nullable Map<String, Webhook> webhooks) {

  private static final int SHORTEST_SECRET = 32;

  /**
   * One provider.
   *
   * @param issuer the {@code iss} of the users that it tells of
   * @param secret signs its events, at least 32 characters
   * @param previousSecret is taken as well while the secret is changed
   * @param tenantId the only tenant that it may tell of; any where absent
   */
  public record Webhook(
      String issuer, String secret, @Nullable String previousSecret, @Nullable UUID tenantId) {

    @Override
    public String toString() {
      return "Webhook[" + issuer + "]";
    }
  }

  public IdentityWebhookSettings {
    webhooks = webhooks == null ? Map.of() : Map.copyOf(webhooks);
    webhooks.forEach(
        (key, webhook) -> {
          String name = "DORSAL_IDENTITY_WEBHOOKS_" + key.toUpperCase(Locale.ROOT);
          if (webhook.issuer() == null || webhook.issuer().isBlank()) {
            throw new IllegalArgumentException(name + "_ISSUER is not set.");
          }
          requireLong(name + "_SECRET", webhook.secret());
          if (webhook.previousSecret() != null) {
            requireLong(name + "_PREVIOUS_SECRET", webhook.previousSecret());
          }
        });
  }

  private static void requireLong(String name, @Nullable String secret) {
    if (secret == null || secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(name + " must have 32 characters or more.");
    }
  }
}
