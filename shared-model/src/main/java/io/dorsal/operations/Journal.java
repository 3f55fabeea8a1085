package io.dorsal.operations;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one audit entry and one event per state change, in the transaction of the act and with the
 * trace and request id of the thread. Thread-safe.
 */
@Component
public class Journal {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  Journal(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws IllegalStateException outside of a transaction
   */
  public void stateChanged(StateChange change) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("The journal is written in the transaction of the act.");
    }
    String traceId = TraceContext.current().traceId();
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
        .param("trace", traceId)
        .update();
    jdbc.sql(
            """
            insert into audit_entry (tenant_id, category, action, severity, actor, resource_type,
                resource_id, before, after, outcome, request_id, trace_id)
            values (:tenant, 'ONBOARDING', :action, 'INFO', :actor, :type, :resource,
                cast(:before as jsonb), cast(:after as jsonb), 'DONE', :request, :trace)
            """)
        .param("tenant", change.tenantId())
        .param("action", change.event())
        .param("actor", change.actor())
        .param("type", change.subjectType())
        .param("resource", change.subjectId())
        .param("before", state(change.from(), Map.of()))
        .param("after", state(change.to(), change.details()))
        .param("request", MDC.get("request_id"))
        .param("trace", traceId)
        .update();
  }

  private String state(@Nullable String state, Map<String, ?> details) {
    var members = new HashMap<String, Object>(details);
    if (state != null) {
      members.put("state", state);
    }
    return redacted(members);
  }

  private String redacted(Map<String, ?> details) {
    return Redactor.redact(json.writeValueAsString(details));
  }
}
