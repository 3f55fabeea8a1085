package io.dorsal.work;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays the first answer to an Idempotency-Key for 24 hours. Thread-safe. */
@Component
public class IdempotentAnswers {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  IdempotentAnswers(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * The first answer to this key; the act and the record of its answer are one transaction, so a
   * crash leaves neither.
   *
   * @param fingerprint tells two requests apart, such as a digest of method, path and body
   * @param act makes the answer; its refusals are not kept
   * @throws ProblemException IDEMPOTENCY_KEY_REUSED for another fingerprint,
   *     IDEMPOTENCY_IN_PROGRESS where the first call runs for longer than five seconds
   */
  public String once(UUID tenantId, String key, String fingerprint, Supplier<String> act) {
    try {
      return transaction.execute(status -> answer(tenantId, key, fingerprint, act));
    } catch (DataAccessException e) {
      if (!LockTimeout.isCauseOf(e)) {
        throw e;
      }
      throw new ProblemException(
          GeneralProblem.IDEMPOTENCY_IN_PROGRESS, "The first call with this key still runs.", e);
    }
  }

  private String answer(UUID tenantId, String key, String fingerprint, Supplier<String> act) {
    jdbc.sql("set local lock_timeout = '5s'").update();
    // What another call is clearing away just now is left to it, not waited for.
    jdbc.sql(
            """
            delete from idempotent_answer where (tenant_id, key) in
              (select tenant_id, key from idempotent_answer
               where created_at < now() - interval '24 hours' limit 1000 for update skip locked)
            """)
        .update();
    int mine =
        jdbc.sql(
                """
                insert into idempotent_answer (tenant_id, key, fingerprint)
                values (:tenant, :key, :fingerprint) on conflict do nothing
                """)
            .param("tenant", tenantId)
            .param("key", key)
            .param("fingerprint", fingerprint)
            .update();
    if (mine == 0) {
      return known(tenantId, key, fingerprint);
    }
    String answer = act.get();
    jdbc.sql(
            "update idempotent_answer set answer = :answer where tenant_id = :tenant and key ="
                + " :key")
        .param("answer", answer)
        .param("tenant", tenantId)
        .param("key", key)
        .update();
    return answer;
  }

  /** Forgets answers older than 24 hours, also of tenants that never call again. */
  public void forgetOld() {
    Tenancy.sweep(
        Sweeper.LEFTOVERS,
        () ->
            jdbc.sql(
                    """
                    delete from idempotent_answer where (tenant_id, key) in
                      (select tenant_id, key from idempotent_answer
                       where created_at < now() - interval '24 hours' limit 5000
                       for update skip locked)
                    """)
                .update());
  }

  private String known(UUID tenantId, String key, String fingerprint) {
    return jdbc.sql(
            """
            select answer from idempotent_answer
            where tenant_id = :tenant and key = :key and fingerprint = :fingerprint
            """)
        .param("tenant", tenantId)
        .param("key", key)
        .param("fingerprint", fingerprint)
        .query(String.class)
        .optional()
        .orElseThrow(
            () ->
                new ProblemException(
                    GeneralProblem.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request within the last 24 hours."));
  }
}
