package io.dorsal.work;

import io.dorsal.operations.Redactor;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Why messages of other systems were refused. A queue function cannot name a reason when its
 * message goes to the dead-letter queue, so the reason is kept here under the same message id.
 * Thread-safe.
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
    int first =
        jdbc.sql(
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
    if (first == 1) {
      log.warn(
          "Message {} of queue {} is refused and goes to its dead-letter queue: {} {}",
          messageId,
          queue,
          refusal.problem().name(),
          refusal.detail());
    }
  }

  /** Forgets refusals older than 90 days. */
  public void forgetOld() {
    jdbc.sql("delete from refused_message where refused_at < now() - interval '90 days'").update();
  }

  private static String fixOf(ProblemException refusal) {
    Map<String, Object> details = refusal.details();
    return details.get("fix") instanceof String fix ? fix : refusal.problem().fix();
  }
}
