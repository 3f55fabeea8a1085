package io.dorsal.work;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Redactor;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Why messages of other systems were refused. A queue function cannot name a reason when its
 * message goes to the dead-letter queue, so the reason is kept here under the same message id. Such
 * a message proves no tenant: the application's role has no right to these rows. Thread-safe.
 */
@Component
public class RefusedMessages {

  private static final Logger log = LoggerFactory.getLogger(RefusedMessages.class);

  private final JdbcClient jdbc;

  RefusedMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps the first refusal of a message and logs it once; its redeliveries change nothing.
   *
   * @param tenantId null where the message did not say, or could not be read
   */
  public void record(
      String queue, String messageId, @Nullable UUID tenantId, ProblemException refusal) {
    int first = Tenancy.sweep(Sweeper.REFUSALS, () -> insert(queue, messageId, tenantId, refusal));
    if (first == 1) {
      log.warn(
          "Message {} of queue {} is refused and goes to its dead-letter queue: {} {}",
          messageId,
          queue,
          refusal.problem().name(),
          refusal.detail());
    }
  }

  private int insert(
      String queue, String messageId, @Nullable UUID tenantId, ProblemException refusal) {
    return jdbc.sql(
            """
            insert into refused_message
                (queue, message_id, tenant_id, code, detail, fix, trace_id)
            values (:queue, :message, :tenant, :code, :detail, :fix, :trace)
            on conflict do nothing
            """)
        .param("queue", queue)
        .param("message", messageId)
        .param("tenant", tenantId)
        .param("code", refusal.problem().name())
        .param("detail", Redactor.redact(refusal.detail()))
        .param("fix", fixOf(refusal))
        .param("trace", TraceContext.current().traceId())
        .update();
  }

  /** Why a message was refused, whichever tenant's it says it is. */
  Optional<DeadLetter.Refusal> find(String queue, String messageId) {
    return Tenancy.sweep(
        Sweeper.REFUSALS,
        () ->
            jdbc.sql(
                    """
                    select code, fix, trace_id, tenant_id from refused_message
                    where queue = :queue and message_id = :message
                    """)
                .param("queue", queue)
                .param("message", messageId)
                .query(DeadLetter.Refusal.class)
                .optional());
  }

  /** Forgets refusals older than 90 days. */
  public void forgetOld() {
    Tenancy.run(
        Sweeper.REFUSALS,
        () ->
            jdbc.sql("delete from refused_message where refused_at < now() - interval '90 days'")
                .update());
  }

  private static String fixOf(ProblemException refusal) {
    Map<String, Object> details = refusal.details();
    return details.get("fix") instanceof String fix ? fix : refusal.problem().fix();
  }
}
