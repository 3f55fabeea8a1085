package io.dorsal.catalog.organizations;

import io.dorsal.access.Caller;
import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How a tenant's administrators look into organizations. Thread-safe. */
@Component
public class OrganizationVerifications {

  private static final String ACTION = "Verifying organizations";

  private final OrganizationRows organizations;
  private final OrganizationNotices notices;
  private final Journal journal;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  OrganizationVerifications(
      OrganizationRows organizations,
      OrganizationNotices notices,
      Journal journal,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.organizations = organizations;
    this.notices = notices;
    this.journal = journal;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * An organization and what was decided of it.
   *
   * @param decisions the newest first, at most 500
   */
  public record Looked(Organization organization, List<VerificationDecision> decisions) {}

  /**
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  public Looked get(Caller caller, UUID id) {
    Organization organization =
        organizations.find(caller.tenantId(), id).orElseThrow(Organizations::unknown);
    caller.require(TenantRole.TENANT_ADMIN, ACTION);
    return looked(organization);
  }

  /**
   * Decides what follows from what was decided before, and tells the organization's administrators
   * with the note that is for them.
   *
   * @param seen the version the caller has seen
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED, NOT_FOUND, STALE_VERSION,
   *     STATE_CONFLICT
   */
  public Looked decide(Caller caller, UUID id, int seen, VerificationWanted given) {
    caller.require(TenantRole.TENANT_ADMIN, ACTION);
    VerificationWanted wanted = given.checked();
    Verification to = Verification.valueOf(String.valueOf(wanted.verification()));
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Organization before =
                  organizations.locked(caller.tenantId(), id).orElseThrow(Organizations::unknown);
              Organizations.requireVersion(before, seen);
              Organization after = organizations.save(before.decided(to)).orElseThrow();
              UUID decision = keep(caller, before, to, wanted);
              notices.decided(after, decision, wanted.shareableNote());
              // Without the notes: whoever reads the audit log is told the states.
              journal.stateChanged(
                  new StateChange(
                      "organization." + to.name().toLowerCase(Locale.ROOT),
                      after.tenantId(),
                      Organizations.ORGANIZATION,
                      after.id(),
                      String.valueOf(before.verification()),
                      to.name(),
                      caller.actor(),
                      Map.of()),
                  AuditCategory.CATALOG);
              return looked(after);
            }));
  }

  private UUID keep(
      Caller caller, Organization organization, Verification to, VerificationWanted wanted) {
    return jdbc.sql(
            """
            insert into organization_verification (tenant_id, organization_id, from_state,
                to_state, internal_note, shareable_note, decided_by, decided_at)
            values (:tenant, :organization, :from, :to, :internal, :shareable, :by, :now)
            returning id
            """)
        .param("tenant", organization.tenantId())
        .param("organization", organization.id())
        .param("from", String.valueOf(organization.verification()))
        .param("to", to.name())
        .param("internal", wanted.internalNote())
        .param("shareable", wanted.shareableNote())
        .param("by", caller.actor())
        .param("now", DatabaseTimes.at(clock.instant()))
        .query(UUID.class)
        .single();
  }

  private Looked looked(Organization organization) {
    return new Looked(
        organization,
        jdbc.sql(
                """
                select * from organization_verification
                where tenant_id = :tenant and organization_id = :organization
                order by id desc limit 500
                """)
            .param("tenant", organization.tenantId())
            .param("organization", organization.id())
            .query((row, number) -> decision(row))
            .list());
  }

  private static VerificationDecision decision(ResultSet row) throws SQLException {
    return new VerificationDecision(
        row.getObject("id", UUID.class),
        Verification.valueOf(row.getString("from_state")),
        Verification.valueOf(row.getString("to_state")),
        row.getString("internal_note"),
        row.getString("shareable_note"),
        row.getString("decided_by"),
        Objects.requireNonNull(DatabaseTimes.instant(row, "decided_at")));
  }
}
