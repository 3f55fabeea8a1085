package io.dorsal.accounts;

import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the journal keeps of changes to tenants, people and their roles. Thread-safe. */
@Component
class AccountJournal {

  private static final String TENANT = "tenant";

  private final Journal journal;

  AccountJournal(Journal journal) {
    this.journal = journal;
  }

  /** Something happened to a user; the states are told, addresses and names are not. */
  void user(String action, String actor, User before, User after, Map<String, ?> details) {
    changed(action, actor, after, before.standing().status().name(), details);
  }

  /** A user was made. */
  void made(String action, String actor, User user, Map<String, ?> details) {
    changed(action, actor, user, null, details);
  }

  private void changed(
      String action, String actor, User user, @Nullable String before, Map<String, ?> details) {
    String now = user.standing().status().name();
    keep(new StateChange(action, user.tenantId(), "user", user.id(), before, now, actor, details));
  }

  /** A tenant is let in, kept out or to be purged; null before it is there. */
  void status(
      String action,
      String actor,
      UUID tenantId,
      @Nullable TenantStatus before,
      TenantStatus after,
      Map<String, ?> details) {
    String was = before == null ? null : before.name();
    keep(new StateChange(action, tenantId, TENANT, tenantId, was, after.name(), actor, details));
  }

  /** Something of the tenant as a whole has other values. */
  void tenant(
      String action, String actor, UUID tenantId, Map<String, ?> before, Map<String, ?> after) {
    journal.record(
        Act.of(tenantId, actor, AuditCategory.ADMIN, action)
            .on(TENANT, tenantId, null)
            .changing(before, after));
  }

  private void keep(StateChange change) {
    journal.stateChanged(change, AuditCategory.ADMIN);
  }
}
