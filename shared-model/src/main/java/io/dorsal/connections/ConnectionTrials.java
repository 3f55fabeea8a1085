package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Checks of connections that are not made yet. Thread-safe. */
@Component
public class ConnectionTrials {

  private final Doctor doctor;
  private final ConnectionSettings settings;
  private final Clock clock;

  ConnectionTrials(Doctor doctor, ConnectionSettings settings, Clock clock) {
    this.doctor = doctor;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Checks what would become a connection; nothing is stored. A token that is not whole is a
   * finding like any other.
   *
   * @throws ProblemException VALIDATION_FAILED, or what is wrong with the rest of the request
   */
  public DoctorReport tryOut(Caller caller, ConnectionRequest request) {
    caller.require(TenantRole.TENANT_ADMIN, "Trying a connection");
    try {
      WantedConnection wanted = WantedConnection.of(request, settings);
      Connection blank = wanted.blank(caller, clock.instant());
      return doctor.examined(blank, wanted.credential()).report();
    } catch (ProblemException e) {
      if (e.problem() != ConnectionProblem.SAS_MALFORMED) {
        throw e;
      }
      return DoctorReport.malformed(e.detail(), clock.instant());
    }
  }
}
