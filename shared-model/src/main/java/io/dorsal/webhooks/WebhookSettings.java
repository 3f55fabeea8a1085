package io.dorsal.webhooks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where webhooks may lead.
 *
 * @param profile {@code azure} or {@code local}
 * @param webhookPrivateAddresses lets them lead to private addresses and by http; only in the
 *     profile {@code local}
 */
@ConfigurationProperties("dorsal")
public record WebhookSettings(
    @DefaultValue("azure") String profile, @DefaultValue("false") boolean webhookPrivateAddresses) {

  public WebhookSettings {
    if (webhookPrivateAddresses && !profile.equals("local")) {
      throw new IllegalArgumentException(
          "DORSAL_WEBHOOK_PRIVATE_ADDRESSES is for the profile local only.");
    }
  }
}
