package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What the journal keeps, and that it keeps it. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class JournalIntegrationTests {

  private static ConfigurableApplicationContext rooms;
  private static Journal journal;
  private static JdbcTemplate jdbc;
  private static TransactionTemplate transaction;

  private final UUID subject = UUID.randomUUID();
  private final UUID tenant = UUID.randomUUID();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    journal = rooms.getBean(Journal.class);
    jdbc = rooms.getBean(JdbcTemplate.class);
    transaction = rooms.getBean(TransactionTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @Test
  void changeIsOneEventAndOneAuditEntryOfTheSameTrace() {
    TraceContext trace = TraceContext.start();
    try (var _ = trace.open()) {
      transaction.executeWithoutResult(status -> journal.stateChanged(change()));
    }
    assertThat(
            line(
                "name || ' ' || tenant_id || ' ' || from_state || ' ' || to_state",
                "event where subject_id"))
        .isEqualTo("scan.finished " + tenant + " INSPECTING COMPLETED");
    assertThat(line("action || ' ' || actor", "audit_entry where resource_id"))
        .isEqualTo("scan.finished SYSTEM");
    assertThat(line("before::text || ' ' || after::text", "audit_entry where resource_id"))
        .isEqualTo("{\"state\": \"INSPECTING\"} {\"state\": \"COMPLETED\", \"number\": 3}");
    assertThat(line("trace_id", "event where subject_id"))
        .isEqualTo(line("trace_id", "audit_entry where resource_id"))
        .isEqualTo(trace.traceId());
  }

  @Test
  void rolledBackActLeavesNothing() {
    transaction.executeWithoutResult(
        status -> {
          journal.stateChanged(change());
          status.setRollbackOnly();
        });
    assertThat(jdbc.queryForList("select 1 from event where subject_id = ?", subject)).isEmpty();
    assertThat(jdbc.queryForList("select 1 from audit_entry where resource_id = ?", subject))
        .isEmpty();
  }

  @Test
  void changeOutsideOfATransactionIsRefused() {
    assertThatThrownBy(() -> journal.stateChanged(change()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void auditEntriesAreNeverChangedOrRemoved() {
    transaction.executeWithoutResult(status -> journal.stateChanged(change()));
    for (String attempt :
        new String[] {
          "update audit_entry set actor = 'nobody'",
          "delete from audit_entry",
          "truncate audit_entry"
        }) {
      assertThatThrownBy(() -> jdbc.execute(attempt)).hasMessageContaining("never changed");
    }
  }

  @Test
  void actKeepsWhoActedFromWhereAndOnlyWhatChangedWithoutSecrets() {
    UUID user = UUID.randomUUID();
    Origin.call("192.0.2.7", "a browser").by(user, null, "robot").enter();
    try {
      Act act =
          Act.of(tenant, user.toString(), AuditCategory.ADMIN, "tenant.changed")
              .on("tenant", subject, "Pod")
              .changing(
                  Map.of("kept", 1, "days", 30, "webhook_secret", "old"),
                  Map.of("kept", 1, "days", 7, "webhook_secret", "planted"));
      transaction.executeWithoutResult(status -> journal.record(act));
    } finally {
      Origin.leave();
    }
    assertThat(
            line(
                "concat_ws(' ', actor, user_id, key_id, service_account, ip, user_agent,"
                    + " resource_name, outcome)",
                "audit_entry where resource_id"))
        .isEqualTo(user + " " + user + " robot 192.0.2.7 a browser Pod DONE");
    assertThat(line("before::text || ' ' || after::text", "audit_entry where resource_id"))
        .isEqualTo(
            "{\"days\": 30, \"webhook_secret\": \"***\"} {\"days\": 7, \"webhook_secret\":"
                + " \"***\"}");
  }

  @Test
  void attemptThatWasRefusedIsKeptThoughItsTransactionIsRolledBack() {
    transaction.executeWithoutResult(
        status -> {
          journal.attempted(
              Act.of(tenant, "somebody", AuditCategory.AUTHORIZATION, "access.denied")
                  .on("route", subject, "tenants")
                  .ended(Act.Outcome.DENIED, "PERMISSION_DENIED"));
          status.setRollbackOnly();
        });
    assertThat(line("outcome || ' ' || code", "audit_entry where resource_id"))
        .isEqualTo("DENIED PERMISSION_DENIED");
  }

  private StateChange change() {
    return new StateChange(
        "scan.finished",
        tenant,
        "scan",
        subject,
        "INSPECTING",
        "COMPLETED",
        StateChange.SYSTEM,
        Map.of("number", 3));
  }

  private @Nullable String line(String columns, String where) {
    return jdbc.queryForObject(
        "select " + columns + " from " + where + " = ?", String.class, subject);
  }
}
