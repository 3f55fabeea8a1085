package io.dorsal.accounts;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.WebhookSignature;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What identity providers tell by webhook: believed by its signature, stored first, applied once
 * and in order. Thread-safe.
 */
@Component
public class IdentityEvents {

  /** The largest event in bytes. */
  public static final int MOST_BYTES = 256 * 1024;

  private static final Duration KEPT = Duration.ofDays(7);

  /** Compared with where there is no such webhook, so that the answer takes as long. */
  private static final String NOBODYS = "no secret of anybody, only as long as one";

  private final Map<String, IdentityWebhookSettings.Webhook> webhooks;
  private final IdentityEffects effects;
  private final AccountJournal journal;
  private final KnownCallers known;
  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  IdentityEvents(
      IdentityWebhookSettings settings,
      IdentityEffects effects,
      AccountJournal journal,
      KnownCallers known,
      Outbox outbox,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.webhooks = settings.webhooks() == null ? Map.of() : settings.webhooks();
    this.effects = effects;
    this.journal = journal;
    this.known = known;
    this.outbox = outbox;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Stores an event, to be applied within seconds; the same id again changes nothing.
   *
   * @param signature the header, as {@link WebhookSignature} reads it
   * @throws ProblemException PAYLOAD_TOO_LARGE, WEBHOOK_SIGNATURE_INVALID also where there is no
   *     such webhook, MALFORMED_REQUEST, VALIDATION_FAILED
   */
  public void receive(
      String issuerKey, @Nullable String eventId, @Nullable String signature, byte[] body) {
    if (body.length > MOST_BYTES) {
      throw new ProblemException(
          GeneralProblem.PAYLOAD_TOO_LARGE,
          "The event has more than 256 KiB.",
          Map.of("limited_by", "IDENTITY_EVENT", "limit_bytes", MOST_BYTES));
    }
    String key = issuerKey.toLowerCase(Locale.ROOT);
    IdentityWebhookSettings.Webhook webhook = signedBy(key, signature, body);
    if (eventId == null || !eventId.matches("[\\x21-\\x7e]{1,255}")) {
      throw new ProblemException(
          GeneralProblem.MALFORMED_REQUEST,
          "X-Identity-Event-Id must be 1 to 255 printable ASCII characters.");
    }
    IdentityEvent event = IdentityEvent.parse(body, webhook.tenantId());
    Tenancy.run(
        event.tenantId(),
        () -> transaction.executeWithoutResult(status -> store(key, eventId, event)));
  }

  private IdentityWebhookSettings.Webhook signedBy(
      String key, @Nullable String header, byte[] body) {
    IdentityWebhookSettings.Webhook webhook = webhooks.get(key);
    List<String> secrets =
        webhook == null
            ? List.of(NOBODYS)
            : Stream.of(webhook.secret(), webhook.previousSecret())
                .filter(secret -> secret != null)
                .toList();
    WebhookSignature signature = WebhookSignature.parse(header);
    boolean proven = signature != null && signature.proves(body, secrets, clock.instant());
    if (!proven || webhook == null) {
      throw new ProblemException(
          AccessProblem.WEBHOOK_SIGNATURE_INVALID,
          "X-Identity-Signature does not prove the event, or is more than 300 seconds off.");
    }
    return webhook;
  }

  private void store(String issuerKey, String eventId, IdentityEvent event) {
    int stored =
        jdbc.sql(
                """
                insert into identity_event
                    (tenant_id, issuer_key, event_id, type, body, received_at)
                values (:tenant, :key, :event, :type, cast(:body as jsonb), :now)
                on conflict do nothing
                """)
            .param("tenant", event.tenantId())
            .param("key", issuerKey)
            .param("event", eventId)
            .param("type", event.type())
            .param("body", event.body().toString())
            .param("now", UserRows.time(clock.instant()))
            .update();
    if (stored == 1) {
      String body =
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of(
                      "tenant_id", event.tenantId(), "issuer_key", issuerKey, "event_id", eventId));
      String id = UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8)).toString();
      outbox.add(List.of(new OutboxMessage(event.tenantId(), Queues.IDENTITY_EVENTS, id, body)));
    }
  }

  /** Applies a stored event, unless that was done. */
  public void apply(UUID tenantId, String issuerKey, String eventId) {
    Tenancy.run(
        tenantId,
        () ->
            transaction.executeWithoutResult(
                status -> {
                  Optional<String> body = unapplied(tenantId, issuerKey, eventId);
                  if (body.isPresent()) {
                    var event =
                        IdentityEvent.of(JsonMapper.shared().readTree(body.get()), tenantId);
                    applied(event, issuerKey, eventId, issuer(issuerKey));
                  }
                }));
  }

  private String issuer(String issuerKey) {
    IdentityWebhookSettings.Webhook webhook = webhooks.get(issuerKey);
    if (webhook == null) {
      throw new IllegalStateException("The webhook " + issuerKey + " is no longer set.");
    }
    return webhook.issuer();
  }

  private Optional<String> unapplied(UUID tenantId, String issuerKey, String eventId) {
    return jdbc.sql(
            """
            select body::text from identity_event
            where tenant_id = :tenant and issuer_key = :key and event_id = :event
              and applied_at is null
            for update
            """)
        .param("tenant", tenantId)
        .param("key", issuerKey)
        .param("event", eventId)
        .query(String.class)
        .optional();
  }

  private void applied(IdentityEvent event, String issuerKey, String eventId, String issuer) {
    String effect =
        event.about() == null
            ? "UNKNOWN_TYPE"
            : effects.of(event, User.Account.of(issuer, "").issuer(), "identity:" + issuerKey);
    jdbc.sql(
            """
            update identity_event set applied_at = :now, effect = :effect
            where tenant_id = :tenant and issuer_key = :key and event_id = :event
            """)
        .param("now", UserRows.time(clock.instant()))
        .param("effect", effect)
        .param("tenant", event.tenantId())
        .param("key", issuerKey)
        .param("event", eventId)
        .update();
    journal.tenant(
        "identity." + event.type(),
        "identity:" + issuerKey,
        event.tenantId(),
        Map.of(),
        Map.of("effect", effect, "event_id", eventId));
    known.forget(event.tenantId());
  }

  /**
   * Forgets events of more than seven days ago.
   *
   * @return how many
   */
  public int forgetOld() {
    Instant before = clock.instant().minus(KEPT);
    return Tenancy.sweep(
        Sweeper.USERS,
        () ->
            jdbc.sql("delete from identity_event where received_at < :before")
                .param("before", UserRows.time(before))
                .update());
  }
}
