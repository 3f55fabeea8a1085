package io.dorsal.accounts;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the journal keeps of changes to people and their roles. Thread-safe. */
@Component
class AccountJournal {

  private static final String USER = "user";

  private final Journal journal;

  AccountJournal(Journal journal) {
    this.journal = journal;
  }

  /** Something happened to a user; the states are told, addresses and names are not. */
  void user(String action, String actor, User before, User after, Map<String, ?> details) {
    journal.stateChanged(
        new StateChange(
            action,
            after.tenantId(),
            USER,
            after.id(),
            before.standing().status().name(),
            after.standing().status().name(),
            actor,
            details));
  }

  /** A user was made. */
  void made(String action, String actor, User user, Map<String, ?> details) {
    journal.stateChanged(
        new StateChange(
            action,
            user.tenantId(),
            USER,
            user.id(),
            null,
            user.standing().status().name(),
            actor,
            details));
  }

  /** Something of the tenant as a whole was changed. */
  void tenant(String action, String actor, UUID tenantId, Map<String, ?> details) {
    journal.stateChanged(
        new StateChange(action, tenantId, "tenant", tenantId, null, "CHANGED", actor, details));
  }
}
