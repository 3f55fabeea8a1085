package io.dorsal.connections;

import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells whether a connection works, and what to mend where it does not. Thread-safe; storage is
 * tried outside of any transaction.
 */
@Component
public class Doctor {

  private final ConnectionRows rows;
  private final ConnectionStates states;
  private final BlobAccess access;
  private final ConnectionCheck check;
  private final Clock clock;

  Doctor(
      ConnectionRows rows,
      ConnectionStates states,
      BlobAccess access,
      ConnectionCheck check,
      Clock clock) {
    this.rows = rows;
    this.states = states;
    this.access = access;
    this.check = check;
    this.clock = clock;
  }

  /** Tries the connection; the one that comes back carries what was seen and is not saved yet. */
  Connection examined(Connection connection, Credential credential) {
    return connection.checked(check.run(connection, credential), clock.instant());
  }

  /**
   * Records that storage refused the credential while it was at work. A listing or read that was
   * refused stays refused until a check passes, so no scan starts with it.
   *
   * @return what is wrong, with the sentence that mends it
   */
  public Finding broke(UUID tenantId, UUID id, ConnectionProblem problem, String detail) {
    Connection known = rows.findByIdAndTenantId(id, tenantId).orElseThrow();
    SasToken sas =
        access.credentialOf(known) instanceof Credential.Sas(SasToken token) ? token : null;
    var status =
        problem == ConnectionProblem.SAS_EXPIRED
            ? ConnectionStatus.EXPIRED
            : ConnectionStatus.BROKEN;
    var finding = new Finding(problem.name(), detail, problem.fixFor(known, sas));
    var report =
        new ConnectionReport(status, known.capabilities().without(problem.takesAway()), finding);
    states.saved(known, known.checked(report, clock.instant()), StateChange.SYSTEM);
    return finding;
  }
}
