package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.operations.StateChange;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.work.RunningJob;
import io.dorsal.work.Task;
import io.dorsal.work.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells whether a connection works, and what to mend where it does not: what its token says, then
 * one real page, one real range and one real copy. Thread-safe; storage is tried outside of any
 * transaction, and no check takes longer than 30 s.
 */
@Component
public class Doctor {

  private final ConnectionRows rows;
  private final ConnectionStates states;
  private final DoctorReports reports;
  private final BlobAccess access;
  private final ReadLinks links;
  private final ServerSideCopy copies;
  private final ObjectProvider<ConnectionWork> work;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ExpiryClock expiry;
  private final Tasks tasks;

  Doctor(
      ConnectionRows rows,
      ConnectionStates states,
      DoctorReports reports,
      BlobAccess access,
      ReadLinks links,
      ServerSideCopy copies,
      ObjectProvider<ConnectionWork> work,
      PlatformTransactionManager transactions,
      Clock clock,
      ExpiryClock expiry,
      Tasks tasks) {
    this.rows = rows;
    this.states = states;
    this.reports = reports;
    this.access = access;
    this.links = links;
    this.copies = copies;
    this.work = work;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.expiry = expiry;
    this.tasks = tasks;
  }

  /** A connection that carries what was just seen of it, and is not saved yet. */
  record Examined(Connection connection, DoctorReport report) {}

  /** Tries a connection; nothing is stored. */
  Examined examined(Connection connection, Credential credential) {
    DoctorReport report = report(connection, credential);
    return new Examined(connection.checked(report.summary(), report.at()), report);
  }

  /** Keeps a report with its connection, in the transaction that saves the connection. */
  void keep(Examined examined) {
    reports.keep(examined.connection(), examined.report());
  }

  /**
   * Checks a connection now.
   *
   * @throws ProblemException NOT_FOUND, also for another tenant's id
   */
  public DoctorReport check(Caller caller, UUID id) {
    caller.require(PopulationRole.ADMINISTRATOR, "Checking a connection");
    return checked(known(caller, id), caller.actor());
  }

  /**
   * The newest reports of a connection, the last one first.
   *
   * @throws ProblemException NOT_FOUND, also for another tenant's id
   */
  public List<DoctorReport> reports(Caller caller, UUID id) {
    Connection known = known(caller, id);
    caller.require(PopulationRole.ADMINISTRATOR, "Reading connections");
    return reports.of(known.tenantId(), known.id());
  }

  /**
   * Checks a connection because work depends on it; one that is gone or switched off is left alone.
   */
  public void checkForWork(UUID tenantId, UUID id) {
    rows.findByIdAndTenantId(id, tenantId)
        .filter(connection -> connection.status() != ConnectionStatus.DISABLED)
        .ifPresent(connection -> checked(connection, StateChange.SYSTEM));
  }

  /**
   * Records that storage refused the credential while it was at work. A listing or read that was
   * refused stays refused until a check passes, so no scan starts with it.
   *
   * @return what is wrong, with the sentence that mends it
   */
  public Finding broke(UUID tenantId, UUID id, ConnectionProblem problem, String detail) {
    Connection known = rows.findByIdAndTenantId(id, tenantId).orElseThrow();
    var status =
        problem == ConnectionProblem.SAS_EXPIRED
            ? ConnectionStatus.EXPIRED
            : ConnectionStatus.BROKEN;
    var finding = new Finding(problem.name(), detail, problem.fixFor(known, told(known)));
    var report =
        new ConnectionReport(status, known.capabilities().without(problem.takesAway()), finding);
    states.broke(known, report, clock.instant());
    return finding;
  }

  private Connection known(Caller caller, UUID id) {
    return rows.findByIdAndTenantIdAndDeletedAtIsNull(id, caller.tenantId())
        .orElseThrow(
            () ->
                new ProblemException(
                    GeneralProblem.NOT_FOUND, "There is no connection with this id."));
  }

  private DoctorReport checked(Connection connection, String actor) {
    try (Task _ =
        tasks.begin(RunningJob.Kind.CONNECTION_CHECK, connection.id(), connection.tenantId())) {
      return checkedNow(connection, actor);
    }
  }

  private DoctorReport checkedNow(Connection connection, String actor) {
    DoctorReport report = report(connection, access.credentialOf(connection));
    transaction.executeWithoutResult(
        status -> {
          states.seen(connection, report.summary(), report.at(), actor);
          reports.keep(connection, report);
        });
    return report;
  }

  private DoctorReport report(Connection connection, Credential credential) {
    SasToken sas = tokenOf(credential);
    ConnectionWork.Place place =
        work.stream()
            .flatMap(room -> room.place(connection.id()).stream())
            .filter(found -> covers(connection, found))
            .findFirst()
            .orElse(null);
    Optional<Instant> ends =
        work.stream().flatMap(room -> room.ends(connection.id()).stream()).max(Instant::compareTo);
    TraceContext trace = TraceContext.current();
    var probe =
        new Probe(
            connection,
            sas,
            container -> access.container(connection, credential, container, trace),
            file -> links.to(connection, credential, file),
            copies.run("check of connection " + connection.id(), trace),
            place);
    return new Examination(connection, sas, clock, expiry.now()).run(probe, ends);
  }

  private static boolean covers(Connection connection, ConnectionWork.Place place) {
    return connection.containers().isEmpty() || connection.containers().contains(place.container());
  }

  /** What is known of the token without opening the secret, which may be gone by now. */
  private static @Nullable SasToken told(Connection known) {
    String unsigned = known.sas();
    return unsigned == null
        ? null
        : new SasToken(unsigned, SasToken.parametersOf(unsigned), null, null);
  }

  private static @Nullable SasToken tokenOf(Credential credential) {
    return credential instanceof Credential.Sas(SasToken token) ? token : null;
  }
}
