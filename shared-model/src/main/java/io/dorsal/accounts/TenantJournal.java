package io.dorsal.accounts;

import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the journal of a tenant keeps of changes to the tenant itself. Thread-safe. */
@Component
class TenantJournal {

  private static final String TENANT = "tenant";

  private final Journal journal;

  TenantJournal(Journal journal) {
    this.journal = journal;
  }

  /** Some members have other values. */
  void changed(
      String action, String actor, UUID tenantId, Map<String, ?> before, Map<String, ?> after) {
    keep(
        new StateChange(
            action,
            tenantId,
            TENANT,
            tenantId,
            "SETTLED",
            "SETTLED",
            actor,
            Map.of("old", before, "new", after)));
  }

  /** It is let in, kept out or to be purged. */
  void status(
      String action,
      String actor,
      UUID tenantId,
      @Nullable TenantStatus before,
      TenantStatus after,
      Map<String, ?> details) {
    keep(
        new StateChange(
            action,
            tenantId,
            TENANT,
            tenantId,
            before == null ? null : before.name(),
            after.name(),
            actor,
            details));
  }

  private void keep(StateChange change) {
    journal.stateChanged(change, AuditCategory.ADMIN);
  }
}
