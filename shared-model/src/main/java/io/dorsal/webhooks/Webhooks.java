package io.dorsal.webhooks;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The webhooks of a tenant, for its administrators. Thread-safe. */
@Component
public class Webhooks {

  /** What a test tells; only the webhook that is tried is told of it whatever it listens to. */
  static final String TESTED = "webhook.tested";

  private final WebhookRows rows;
  private final WebhookSecrets secrets;
  private final Destinations destinations;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Webhooks(
      WebhookRows rows,
      WebhookSecrets secrets,
      Destinations destinations,
      Journal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.secrets = secrets;
    this.destinations = destinations;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A webhook that was just made.
   *
   * @param secret what was made to sign, known now and never again; null where one was given
   */
  public record Made(Webhook webhook, @Nullable String secret) {
    @Override
    public String toString() {
      return "Made[" + webhook.id() + "]";
    }
  }

  /**
   * Makes a webhook, which is told of what happens from now on.
   *
   * @throws ProblemException VALIDATION_FAILED, WEBHOOK_URL_REFUSED, PERMISSION_DENIED,
   *     STATE_CONFLICT where the tenant has 20
   */
  public Made create(Caller caller, WebhookWanted wanted) {
    require(caller);
    WebhookRules.check(wanted, true);
    requireAllowed(wanted.url());
    Webhook webhook = Webhook.of(caller, wanted, clock.instant());
    String made = wanted.secret() == null ? WebhookSecrets.made() : null;
    String secret = wanted.secret() == null ? made : wanted.secret();
    return inTransaction(
        () -> {
          rows.lockTenant(caller.tenantId());
          requirePlace(caller.tenantId());
          rows.add(webhook);
          secrets.sign(webhook, Objects.requireNonNull(secret), webhook.createdAt());
          secrets.head(webhook, wanted.ownHeaders());
          record(caller, "webhook.created", null, webhook);
          return new Made(webhook, made);
        });
  }

  /** All of them, the newest first. */
  public List<Webhook> list(Caller caller) {
    require(caller);
    return rows.list(caller.tenantId());
  }

  /**
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public Webhook get(Caller caller, UUID id) {
    require(caller);
    return rows.find(caller.tenantId(), id).orElseThrow(Webhooks::unknown);
  }

  /**
   * Changes what is wanted. A new secret signs at once; the one before does so for 24 hours more.
   *
   * @throws ProblemException NOT_FOUND, STALE_VERSION, VALIDATION_FAILED, WEBHOOK_URL_REFUSED,
   *     PERMISSION_DENIED
   */
  public Webhook change(Caller caller, UUID id, int seen, WebhookWanted wanted) {
    require(caller);
    WebhookRules.check(wanted, false);
    if (wanted.url() != null) {
      requireAllowed(wanted.url());
    }
    return alone(
        caller,
        id,
        webhook -> {
          if (webhook.version() != seen) {
            throw new ProblemException(
                GeneralProblem.STALE_VERSION, "The webhook changed since you loaded it.");
          }
          rows.save(webhook.with(wanted));
          if (wanted.secret() != null) {
            secrets.sign(webhook, wanted.secret(), clock.instant());
          }
          if (wanted.headers() != null) {
            secrets.head(webhook, wanted.headers());
          }
          Webhook now = get(caller, id);
          record(caller, "webhook.changed", webhook, now, wanted.hiddenOf(webhook));
          return now;
        });
  }

  /**
   * Removes it with its deliveries.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public void delete(Caller caller, UUID id) {
    alone(
        caller,
        id,
        webhook -> {
          rows.delete(webhook);
          record(caller, "webhook.deleted", webhook, null);
          return webhook;
        });
  }

  /**
   * Keeps what there is to tell, or sends it in order; a second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public Webhook put(Caller caller, UUID id, WebhookState state) {
    return alone(
        caller,
        id,
        webhook -> {
          if (webhook.state() == state) {
            return webhook;
          }
          rows.save(webhook.in(state));
          Webhook now = get(caller, id);
          String action = state == WebhookState.PAUSED ? "webhook.paused" : "webhook.resumed";
          record(caller, action, webhook, now);
          return now;
        });
  }

  /**
   * Tells this webhook of a test, as of any other event.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STATE_CONFLICT while it is paused
   */
  public Webhook test(Caller caller, UUID id) {
    return alone(
        caller,
        id,
        webhook -> {
          if (webhook.state() != WebhookState.ACTIVE) {
            throw new ProblemException(
                GeneralProblem.STATE_CONFLICT,
                "The webhook is paused; resume it first.",
                Map.of("state", webhook.state().name(), "allowed", List.of("ACTIVE")));
          }
          record(caller, TESTED, webhook, webhook);
          return webhook;
        });
  }

  private void requireAllowed(@Nullable String url) {
    if (url == null || !destinations.allows(URI.create(url))) {
      throw new ProblemException(
          WebhookProblem.WEBHOOK_URL_REFUSED,
          "The address is not https, or its host is not known, or is not on the internet.");
    }
  }

  private void requirePlace(UUID tenantId) {
    if (rows.list(tenantId).size() >= WebhookRules.MOST_OF_A_TENANT) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "There are 20 webhooks already; delete one first.",
          Map.of("state", "LIMIT_REACHED", "limit", WebhookRules.MOST_OF_A_TENANT));
    }
  }

  private static void require(Caller caller) {
    caller.require(TenantRole.TENANT_ADMIN, "Administering webhooks");
  }

  private void record(
      Caller caller, String action, @Nullable Webhook before, @Nullable Webhook after) {
    record(caller, action, before, after, Map.of());
  }

  private void record(
      Caller caller,
      String action,
      @Nullable Webhook before,
      @Nullable Webhook after,
      Map<String, Object> besides) {
    Webhook about = Objects.requireNonNull(after == null ? before : after);
    Map<String, Object> to = new LinkedHashMap<>(after == null ? Map.of() : after.audited());
    to.putAll(besides);
    journal.record(
        Act.of(caller, AuditCategory.ADMIN, action)
            .on("webhook", about.id(), about.name())
            .changing(before == null ? Map.of() : before.audited(), to));
  }

  private static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no webhook with this id.");
  }

  /** Work on a webhook while nobody else changes it. */
  private Webhook alone(Caller caller, UUID id, Function<Webhook, Webhook> work) {
    require(caller);
    return inTransaction(
        () -> work.apply(rows.lock(caller.tenantId(), id).orElseThrow(Webhooks::unknown)));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
