package io.dorsal.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one audit entry per act, and one event per state change, in the transaction of the act and
 * with the trace, request and origin of the thread. Thread-safe.
 */
@Component
public class Journal {

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final JsonMapper json = JsonMapper.shared();

  Journal(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Keeps a change of state of what onboarding is about.
   *
   * @throws IllegalStateException outside of a transaction
   */
  public void stateChanged(StateChange change) {
    stateChanged(change, AuditCategory.ONBOARDING);
  }

  /**
   * Keeps a change of state.
   *
   * @throws IllegalStateException outside of a transaction
   */
  public void stateChanged(StateChange change, AuditCategory category) {
    requireTransaction();
    jdbc.sql(
            """
            insert into event
                (tenant_id, name, subject_type, subject_id, from_state, to_state, details, trace_id)
            values (:tenant, :name, :type, :subject, :from, :to, cast(:details as jsonb), :trace)
            """)
        .param("tenant", change.tenantId())
        .param("name", change.event())
        .param("type", change.subjectType())
        .param("subject", change.subjectId())
        .param("from", change.from())
        .param("to", change.to())
        .param("details", redacted(change.details()))
        .param("trace", TraceContext.current().traceId())
        .update();
    insert(
        Act.of(change.tenantId(), change.actor(), category, change.event())
            .on(change.subjectType(), change.subjectId(), null)
            .changing(state(change.from(), Map.of()), state(change.to(), change.details())));
  }

  /**
   * Keeps an act that is no change of state.
   *
   * @throws IllegalStateException outside of a transaction
   */
  public void record(Act act) {
    requireTransaction();
    insert(act);
  }

  /**
   * Keeps an attempt that was refused or failed, in a transaction of its own: that of the attempt
   * is rolled back.
   */
  public void attempted(Act act) {
    apart.executeWithoutResult(status -> insert(act));
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("The journal is written in the transaction of the act.");
    }
  }

  private void insert(Act act) {
    Origin origin = Origin.current();
    UUID user = origin.userId();
    boolean system = act.actor().equals(StateChange.SYSTEM);
    jdbc.sql(
            """
            insert into audit_entry (tenant_id, category, action, severity, actor, user_id, key_id,
                service_account, ip, user_agent, resource_type, resource_id, resource_name,
                before, after, outcome, code, request_id, trace_id)
            values (:tenant, :category, :action, :severity, :actor, :user, :key,
                :service, :ip, :agent, :type, :resource, :name,
                cast(:before as jsonb), cast(:after as jsonb), :outcome, :code, :request, :trace)
            """)
        .param("tenant", act.tenantId())
        .param("category", act.category().name())
        .param("action", act.action())
        .param("severity", act.severity().name())
        .param("actor", act.actor())
        .param("user", system || origin.keyId() != null ? null : userOf(user, act.actor()))
        .param("key", system ? null : origin.keyId())
        .param("service", system ? null : origin.serviceAccount())
        .param("ip", origin.ip())
        .param("agent", origin.userAgent() == null ? null : Redactor.redact(origin.userAgent()))
        .param("type", act.resourceType())
        .param("resource", act.resourceId())
        .param("name", act.resourceName() == null ? null : Redactor.redact(act.resourceName()))
        .param("before", redacted(Masks.changed(act.before(), act.after())))
        .param("after", redacted(Masks.changed(act.after(), act.before())))
        .param("outcome", act.outcome().name())
        .param("code", act.code())
        .param("request", MDC.get("request_id"))
        .param("trace", TraceContext.current().traceId())
        .update();
  }

  private static String userOf(@Nullable UUID user, String actor) {
    return user == null ? actor : user.toString();
  }

  private static Map<String, Object> state(@Nullable String state, Map<String, ?> details) {
    var members = new HashMap<String, Object>(details);
    if (state != null) {
      members.put("state", state);
    }
    return members;
  }

  private String redacted(Map<String, ?> details) {
    return Redactor.redact(json.writeValueAsString(details));
  }
}
