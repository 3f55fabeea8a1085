package io.dorsal.webhooks;

import io.dorsal.access.Caller;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a webhook was told or is to be told, for administrators. Thread-safe. */
@Component
public class Deliveries {

  private final Webhooks webhooks;
  private final DeliveryRows rows;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Deliveries(
      Webhooks webhooks,
      DeliveryRows rows,
      Journal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.webhooks = webhooks;
    this.rows = rows;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * The newest first; those that ended go after 30 days.
   *
   * @param after the last one seen, by its {@code seq}; null begins
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public List<Delivery> page(Caller caller, UUID webhookId, @Nullable Long after, int most) {
    return rows.page(caller.tenantId(), webhooks.get(caller, webhookId).id(), after, most);
  }

  /**
   * Sends one again that ended, with its id and up to eight attempts.
   *
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, STATE_CONFLICT while it waits anyway
   */
  public Delivery redeliver(Caller caller, UUID webhookId, UUID id) {
    Webhook webhook = webhooks.get(caller, webhookId);
    return Objects.requireNonNull(transaction.execute(status -> again(caller, webhook, id)));
  }

  private Delivery again(Caller caller, Webhook webhook, UUID id) {
    Delivery ended =
        rows.lock(caller.tenantId(), webhook.id(), id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        GeneralProblem.NOT_FOUND, "There is no delivery with this id."));
    if (ended.state() == DeliveryState.WAITING) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "The delivery is on its way.",
          Map.of("state", ended.state().name(), "allowed", List.of("DELIVERED", "DROPPED")));
    }
    Delivery again = ended.again(clock.instant());
    rows.save(caller.tenantId(), ended, again);
    journal.record(
        Act.of(caller, AuditCategory.ADMIN, "webhook.redelivered")
            .on("webhook", webhook.id(), webhook.name())
            .changing(Map.of(), Map.of("delivery_id", id, "event", ended.event())));
    return again;
  }
}
