package io.dorsal.connections;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Saves connections; what was done to each stands in the journal, never a secret. All in the
 * caller's transaction.
 */
@Component
class ConnectionStates {

  private final ConnectionRows rows;
  private final Journal journal;

  ConnectionStates(ConnectionRows rows, Journal journal) {
    this.rows = rows;
    this.journal = journal;
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
    return switch (to.status()) {
      case BROKEN -> "connection.broken";
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
