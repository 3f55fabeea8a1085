package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.ConnectionRepaired;
import io.dorsal.connections.Doctor;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import io.dorsal.work.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with scans. Every change and its message are one transaction. Thread-safe. */
@Component
public class Scans {

  private static final String STARTING = "Starting a scan";
  private static final String READING = "Reading scans";
  private static final String RESUMING = "Resuming a scan";
  private static final Duration LONGEST_PAUSE = Duration.ofDays(14);

  private final ScanRows rows;
  private final ScanStates states;
  private final SourceRows sources;
  private final SourceRights rights;
  private final ScanProgressRows progress;
  private final ScanStarts starts;
  private final GuardRows guards;
  private final Leases leases;
  private final Doctor doctor;
  private final ScanRemoval removal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Scans(
      ScanRows rows,
      ScanStates states,
      SourceRows sources,
      SourceRights rights,
      ScanProgressRows progress,
      ScanStarts starts,
      GuardRows guards,
      Leases leases,
      Doctor doctor,
      ScanRemoval removal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.states = states;
    this.sources = sources;
    this.rights = rights;
    this.progress = progress;
    this.starts = starts;
    this.guards = guards;
    this.leases = leases;
    this.doctor = doctor;
    this.removal = removal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Has a source scanned.
   *
   * @throws ProblemException VALIDATION_FAILED, GLOB_INVALID, NOT_FOUND, PERMISSION_DENIED,
   *     SOURCE_PAUSED, CONNECTION_BROKEN, SCAN_ALREADY_RUNNING with {@code details.scan_id}
   */
  @Transactional
  public Scan request(Caller caller, ScanRequest request) {
    ScanMode mode = validated(request);
    RegisteredSource source =
        rights.held(caller, Objects.requireNonNull(request.sourceId()), STARTING);
    requireScannable(source);
    starts.refuseSecond(source);
    return starts.begin(source, plan(caller, request, mode));
  }

  /**
   * Whether the caller may have the source scanned, also for who asks again and is only told what
   * came of it before.
   *
   * @param sourceId null where the request names none, which is refused elsewhere
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED
   */
  @Transactional(readOnly = true)
  public void requireMayRequest(Caller caller, @Nullable UUID sourceId) {
    if (sourceId == null) {
      caller.require(PopulationRole.ADMINISTRATOR, STARTING);
    } else {
      rights.source(caller, sourceId, PopulationRole.ADMINISTRATOR, STARTING);
    }
  }

  private void requireScannable(RegisteredSource source) {
    starts
        .unscannable(source)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private static ScanPlan plan(Caller caller, ScanRequest request, ScanMode mode) {
    List<String> classes = request.classes();
    return new ScanPlan(
        ScanTrigger.MANUAL,
        mode,
        request.prefix() == null ? "" : request.prefix(),
        List.of(),
        request.include() == null ? List.of() : request.include(),
        request.exclude() == null ? List.of() : request.exclude(),
        !Boolean.FALSE.equals(request.builtinExcludes()),
        classes == null || classes.isEmpty() ? allClasses() : classes,
        Boolean.TRUE.equals(request.reinspect()),
        caller.actor());
  }

  static List<String> allClasses() {
    return Arrays.stream(FileClass.values()).map(FileClass::name).toList();
  }

  private static ScanMode validated(ScanRequest request) {
    List<String> known = allClasses();
    var validation =
        new Validation()
            .check(request.sourceId() != null, "source_id", "REQUIRED", "source_id is required.")
            .check(
                request.prefix() == null
                    || (Validation.isKeepable(request.prefix())
                        && request.prefix().codePointCount(0, request.prefix().length()) <= 1_024),
                "prefix",
                "LENGTH",
                "prefix has at most 1,024 characters.")
            .check(
                globsFit(request.include()),
                "include",
                "LENGTH",
                "include holds at most 50 patterns of at most 512 characters.")
            .check(
                globsFit(request.exclude()),
                "exclude",
                "LENGTH",
                "exclude holds at most 50 patterns of at most 512 characters.")
            .check(
                request.classes() == null || known.containsAll(request.classes()),
                "classes",
                "UNKNOWN_VALUE",
                "classes may hold " + String.join(", ", known) + ".");
    ScanMode mode = request.mode() == null ? ScanMode.AUTO : modeOf(request.mode());
    validation
        .check(mode != null, "mode", "UNKNOWN_VALUE", "mode must be AUTO, FULL or INCREMENTAL.")
        .orThrow();
    Globs.of(request.include() == null ? List.of() : request.include());
    Globs.of(request.exclude() == null ? List.of() : request.exclude());
    return Objects.requireNonNull(mode);
  }

  private static @Nullable ScanMode modeOf(String name) {
    return Arrays.stream(ScanMode.values())
        .filter(mode -> mode.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static boolean globsFit(@Nullable List<String> globs) {
    return globs == null
        || (globs.size() <= 50
            && globs.stream()
                .allMatch(g -> g != null && Validation.isText(g) && g.length() <= 512));
  }

  /**
   * @throws ProblemException NOT_FOUND, also for another tenant's id; PERMISSION_DENIED
   */
  @Transactional(readOnly = true)
  public ScanView get(Caller caller, UUID id) {
    SourceRights.Sight seen = rights.sight(caller, id, PopulationRole.VIEWER, READING);
    return view(seen.scan(), seen.names());
  }

  /**
   * The newest scans first, of the sources that exist for the caller.
   *
   * @param before only scans requested earlier than this one; null begins
   */
  @Transactional(readOnly = true)
  public List<ScanView> list(
      Caller caller,
      @Nullable UUID sourceId,
      @Nullable ScanState state,
      @Nullable ScanTrigger trigger,
      @Nullable UUID before,
      int limit) {
    Scan cursor =
        before == null ? null : rights.scan(caller, before, PopulationRole.VIEWER, READING);
    return progress.scanIds(caller, sourceId, state, trigger, cursor, limit).stream()
        .map(id -> view(caller, id))
        .toList();
  }

  private ScanView view(Caller caller, UUID id) {
    Scan scan = rows.findById(id).orElseThrow();
    return view(scan, rights.showNames(caller, scan));
  }

  private ScanView view(Scan scan, boolean names) {
    boolean working = scan.state().active() && scan.state() != ScanState.PAUSED_AUTH;
    return new ScanView(
        scan,
        progress.of(scan.id()),
        working ? leases.statusOf(scan.id()) : null,
        scan.state() == ScanState.COMPLETED ? guards.findById(scan.id()).orElse(null) : null,
        names);
  }

  /**
   * Ends a scan; workers stop within ten seconds, committed chunks stay.
   *
   * @throws ProblemException NOT_FOUND, SCAN_STATE
   */
  @Transactional
  public ScanView cancel(Caller caller, UUID id) {
    Scan scan = locked(caller, id, "Canceling a scan");
    states.changed(scan, scan.cancel(clock.instant()), caller.actor());
    return view(caller, id);
  }

  /**
   * Goes on with a paused or failed scan from its checkpoint. The connection of a paused one is
   * checked first.
   *
   * @throws ProblemException NOT_FOUND, SCAN_STATE, CONNECTION_BROKEN, SCAN_ALREADY_RUNNING
   */
  public ScanView resume(Caller caller, UUID id) {
    Scan paused = rights.scan(caller, id, PopulationRole.ADMINISTRATOR, RESUMING);
    if (paused.state() == ScanState.PAUSED_AUTH) {
      RegisteredSource source = sources.findById(paused.sourceId()).orElseThrow();
      doctor.checkForWork(source.tenantId(), source.connectionId());
    }
    return transaction.execute(status -> resumed(caller, id));
  }

  private ScanView resumed(Caller caller, UUID id) {
    Scan scan = locked(caller, id, RESUMING);
    Scan resumed = scan.resume();
    RegisteredSource source = sources.findById(scan.sourceId()).orElseThrow();
    requireScannable(source);
    if (scan.state() == ScanState.PAUSED_AUTH) {
      starts.requirePassed(source);
    }
    try {
      starts.send(states.changed(scan, resumed, caller.actor()));
    } catch (DuplicateKeyException e) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_ALREADY_RUNNING, "Another scan of this source is active.", e);
    }
    return view(caller, id);
  }

  /**
   * Deletes a scan that is final; what it found stays with the source.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, SCAN_STATE, SCAN_IN_USE
   */
  @Transactional
  public void delete(Caller caller, UUID id) {
    Scan scan = locked(caller, id, "Deleting a scan");
    scan.requireFinal();
    if (removal.isBound(scan)) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_IN_USE, "A manifest version is bound to scan " + id + ".");
    }
    removal.remove(scan, caller.actor());
  }

  @EventListener
  void goOn(ConnectionRepaired repaired) {
    for (Scan paused : rows.pausedOn(repaired.connectionId())) {
      Scan locked = progress.locked(paused);
      starts.send(states.changed(locked, locked.resume()));
    }
  }

  /** Fails scans that waited 14 days for a new credential. */
  public void failNotRenewed() {
    var before = clock.instant().minus(LONGEST_PAUSE);
    List<Scan> waiting =
        Tenancy.sweep(
            Sweeper.NOT_RENEWED,
            () -> rows.findByStateAndPausedAtBefore(ScanState.PAUSED_AUTH, before));
    for (Scan paused : waiting) {
      Tenancy.run(
          paused.tenantId(),
          () -> transaction.executeWithoutResult(status -> failNotRenewed(paused)));
    }
  }

  private void failNotRenewed(Scan seen) {
    Scan paused = progress.locked(seen);
    if (paused.state() == ScanState.PAUSED_AUTH
        && Objects.equals(paused.pausedAt(), seen.pausedAt())) {
      var problem = DiscoveryProblem.AUTH_NOT_RENEWED;
      var cause = new Scan.Cause(problem.name(), problem.title(), problem.fix());
      states.changed(paused, paused.fail(cause, clock.instant()));
    }
  }

  private Scan locked(Caller caller, UUID id, String action) {
    return progress.locked(rights.scan(caller, id, PopulationRole.ADMINISTRATOR, action));
  }
}
