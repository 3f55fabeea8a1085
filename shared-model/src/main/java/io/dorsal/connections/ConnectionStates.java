package io.dorsal.connections;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Saves connections; what was done to each stands in the journal, never a secret. All in the
 * caller's transaction.
 */
@Component
class ConnectionStates {

  private static final String BROKEN = "connection.broken";

  private final ConnectionRows rows;
  private final Journal journal;
  private final JdbcClient jdbc;

  ConnectionStates(ConnectionRows rows, Journal journal, JdbcClient jdbc) {
    this.rows = rows;
    this.journal = journal;
    this.jdbc = jdbc;
  }

  /**
   * Keeps what was seen of a connection. Its version stays: who edits it meanwhile is not refused
   * for that. Without effect where another secret is in place by now; one that a person switched
   * off stays so.
   */
  void seen(Connection tried, ConnectionReport report, Instant now, String actor) {
    seen(tried, report, now, actor, eventOf(report.status()));
  }

  /**
   * As {@link #seen}, where storage refused the secret at work: that breaks the connection, also
   * where the reason is that the secret's time is over.
   */
  void broke(Connection tried, ConnectionReport report, Instant now) {
    seen(tried, report, now, StateChange.SYSTEM, BROKEN);
  }

  private void seen(
      Connection tried, ConnectionReport report, Instant now, String actor, String event) {
    var before =
        jdbc.sql(
                """
                select status from connection
                where id = :id and tenant_id = :tenant and secret_version = :secret for update
                """)
            .param("id", tried.id())
            .param("tenant", tried.tenantId())
            .param("secret", tried.secretVersion())
            .query(String.class)
            .optional();
    if (before.isEmpty()) {
      return;
    }
    boolean disabled = before.get().equals(ConnectionStatus.DISABLED.name());
    String status = disabled ? before.get() : report.status().name();
    update(tried, report, status, now);
    if (!status.equals(before.get())) {
      Connection shown = tried.checked(report, now);
      journal.stateChanged(
          new StateChange(
              event,
              tried.tenantId(),
              "connection",
              tried.id(),
              before.get(),
              status,
              actor,
              details(shown)));
    }
  }

  private void update(Connection tried, ConnectionReport report, String status, Instant now) {
    Finding finding = report.finding();
    jdbc.sql(
            """
            update connection set status = :status, can_list = :list,
                can_list_containers = :containers, can_read = :read, can_copy = :copy,
                finding_code = :code, finding_detail = :detail, finding_fix = :fix,
                checked_at = :now, updated_at = :now
            where id = :id
            """)
        .param("status", status)
        .param("list", report.capabilities().list().name())
        .param("containers", report.capabilities().listContainers().name())
        .param("read", report.capabilities().read().name())
        .param("copy", report.capabilities().copy().name())
        .param("code", finding == null ? null : finding.code())
        .param("detail", finding == null ? null : finding.detail())
        .param("fix", finding == null ? null : finding.fix())
        .param("now", Timestamp.from(now))
        .param("id", tried.id())
        .update();
  }

  /**
   * @param from null where the connection is new
   */
  Connection saved(@Nullable Connection from, Connection to, String actor) {
    Connection saved = rows.save(to);
    boolean newSecret = from != null && from.secretVersion() != saved.secretVersion();
    if (from == null || newSecret || from.status() != saved.status() || differs(from, saved)) {
      journal.stateChanged(
          new StateChange(
              event(from, saved, newSecret),
              saved.tenantId(),
              "connection",
              saved.id(),
              from == null ? null : from.status().name(),
              saved.status().name(),
              actor,
              details(saved)));
    }
    return saved;
  }

  private static String event(@Nullable Connection from, Connection to, boolean newSecret) {
    if (from == null) {
      return "connection.created";
    }
    if (to.deletedAt() != null) {
      return "connection.deleted";
    }
    if (newSecret) {
      return "connection.secret_replaced";
    }
    if (from.status() == to.status()) {
      return "connection.changed";
    }
    return eventOf(to.status());
  }

  private static String eventOf(ConnectionStatus status) {
    return switch (status) {
      case BROKEN -> BROKEN;
      case EXPIRED -> "connection.expired";
      case DISABLED -> "connection.disabled";
      case UNVERIFIED, OK, WARNING -> "connection.checked";
    };
  }

  private static boolean differs(Connection from, Connection to) {
    return to.deletedAt() != null
        || !from.name().equals(to.name())
        || !from.accountName().equals(to.accountName())
        || !from.containers().equals(to.containers());
  }

  private static Map<String, Object> details(Connection connection) {
    var details = new LinkedHashMap<String, Object>();
    details.put("name", connection.name());
    details.put("secret_version", connection.secretVersion());
    if (connection.finding() != null) {
      details.put("code", connection.finding().code());
    }
    return details;
  }
}
