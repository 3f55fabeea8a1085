package io.dorsal.webhooks;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Uuid7;
import io.dorsal.connections.SealedSecret;
import io.dorsal.connections.SecretVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What signs a webhook's deliveries and what its own headers say, sealed as secrets of connections
 * are. Thread-safe; written in the caller's transaction.
 */
@Component
class WebhookSecrets {

  /** So long a replaced secret signs as well. */
  static final Duration OVERLAP = Duration.ofHours(24);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MADE_BYTES = 32;

  private enum Kind {
    SIGNING,
    HEADERS
  }

  /**
   * What a delivery needs.
   *
   * @param signing the newest first
   * @param headers values by name
   */
  record Opened(List<String> signing, Map<String, String> headers) {
    @Override
    public String toString() {
      return "Opened[" + headers.keySet() + "]";
    }
  }

  private record Row(UUID id, Kind kind, SealedSecret sealed) {}

  private final SecretVault vault;
  private final JdbcClient jdbc;

  WebhookSecrets(SecretVault vault, JdbcClient jdbc) {
    this.vault = vault;
    this.jdbc = jdbc;
  }

  /** 256 random bits as 43 characters. */
  static String made() {
    byte[] bytes = new byte[MADE_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Signs from now on; what signed before does so for another day. */
  void sign(Webhook webhook, String secret, Instant now) {
    jdbc.sql(
            """
            delete from webhook_secret
            where tenant_id = :tenant and webhook_id = :webhook and ends_at <= :now
            """)
        .param("tenant", webhook.tenantId())
        .param("webhook", webhook.id())
        .param("now", DatabaseTimes.at(now))
        .update();
    jdbc.sql(
            """
            update webhook_secret set ends_at = :end
            where tenant_id = :tenant and webhook_id = :webhook and kind = 'SIGNING'
              and ends_at is null
            """)
        .param("end", DatabaseTimes.at(now.plus(OVERLAP)))
        .param("tenant", webhook.tenantId())
        .param("webhook", webhook.id())
        .update();
    add(webhook, Kind.SIGNING, secret);
  }

  /** Replaces the headers. */
  void head(Webhook webhook, List<WebhookHeader> headers) {
    jdbc.sql(
            """
            delete from webhook_secret
            where tenant_id = :tenant and webhook_id = :webhook and kind = 'HEADERS'
            """)
        .param("tenant", webhook.tenantId())
        .param("webhook", webhook.id())
        .update();
    if (!headers.isEmpty()) {
      Map<String, String> values = new LinkedHashMap<>();
      headers.forEach(
          each -> values.put(String.valueOf(each.name()), String.valueOf(each.value())));
      add(webhook, Kind.HEADERS, JsonMapper.shared().writeValueAsString(values));
    }
  }

  /** Reads what is to be sent now. */
  Opened open(Webhook webhook, Instant now) {
    List<String> signing = new ArrayList<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Row row : rows(webhook, now)) {
      String text = vault.open(row.sealed(), place(webhook, row.id()));
      switch (row.kind()) {
        case SIGNING -> signing.add(text);
        case HEADERS ->
            headers.putAll(
                JsonMapper.shared().readValue(text, new TypeReference<Map<String, String>>() {}));
      }
    }
    return new Opened(List.copyOf(signing), headers);
  }

  private List<Row> rows(Webhook webhook, Instant now) {
    return jdbc.sql(
            """
            select id, kind, sealed, wrapped_key, wrapping_key from webhook_secret
            where tenant_id = :tenant and webhook_id = :webhook
              and (ends_at is null or ends_at > :now)
            order by ends_at desc nulls first, id
            """)
        .param("tenant", webhook.tenantId())
        .param("webhook", webhook.id())
        .param("now", DatabaseTimes.at(now))
        .query(
            (row, number) ->
                new Row(
                    row.getObject("id", UUID.class),
                    Kind.valueOf(row.getString("kind")),
                    new SealedSecret(
                        row.getBytes("sealed"),
                        row.getBytes("wrapped_key"),
                        row.getString("wrapping_key"))))
        .list();
  }

  private void add(Webhook webhook, Kind kind, String text) {
    UUID id = Uuid7.next();
    SealedSecret sealed = vault.seal(text, place(webhook, id));
    jdbc.sql(
            """
            insert into webhook_secret
                (tenant_id, id, webhook_id, kind, sealed, wrapped_key, wrapping_key)
            values (:tenant, :id, :webhook, :kind, :sealed, :wrapped, :wrapping)
            """)
        .param("tenant", webhook.tenantId())
        .param("id", id)
        .param("webhook", webhook.id())
        .param("kind", kind.name())
        .param("sealed", sealed.ciphertext())
        .param("wrapped", sealed.wrappedKey())
        .param("wrapping", sealed.wrappingKey())
        .update();
  }

  /** As KeyRotation names it. */
  private static String place(Webhook webhook, UUID id) {
    return webhook.tenantId() + "|webhook|" + webhook.id() + "|" + id;
  }
}
