package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.Role;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ConnectionRepaired;
import io.dorsal.connections.Connections;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import io.dorsal.work.Leases;
import io.dorsal.work.Outbox;
import io.dorsal.work.OutboxMessage;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people do with scans. Every change and its message are one transaction. Thread-safe. */
@Component
public class Scans {

  private static final Duration LONGEST_PAUSE = Duration.ofDays(14);

  private final ScanRows rows;
  private final ScanStates states;
  private final SourceRows sources;
  private final ScanProgressRows progress;
  private final Connections connections;
  private final Leases leases;
  private final Outbox outbox;
  private final Clock clock;

  Scans(
      ScanRows rows,
      ScanStates states,
      SourceRows sources,
      ScanProgressRows progress,
      Connections connections,
      Leases leases,
      Outbox outbox,
      Clock clock) {
    this.rows = rows;
    this.states = states;
    this.sources = sources;
    this.progress = progress;
    this.connections = connections;
    this.leases = leases;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Has a source scanned.
   *
   * @throws ProblemException VALIDATION_FAILED, GLOB_INVALID, NOT_FOUND, SOURCE_PAUSED,
   *     CONNECTION_BROKEN, SCAN_ALREADY_RUNNING with {@code details.scan_id}
   */
  @Transactional
  public Scan request(Caller caller, ScanRequest request) {
    caller.require(Role.ADMINISTRATOR, "Starting a scan");
    ScanMode mode = validated(request);
    RegisteredSource source =
        sources
            .findByIdAndTenantId(Objects.requireNonNull(request.sourceId()), caller.tenantId())
            .orElseThrow(() -> notFound("source"));
    requireScannable(source);
    rows.activeOf(source.id()).ifPresent(active -> refuseSecond(active.id()));
    Scan scan = states.requested(requested(caller, request, source, mode));
    progress.create(scan);
    send(scan);
    return scan;
  }

  private void requireScannable(RegisteredSource source) {
    if (source.state() != SourceState.ACTIVE) {
      throw new ProblemException(
          DiscoveryProblem.SOURCE_PAUSED, "The source is " + source.state() + ".");
    }
    Connection connection = connections.forWork(source.tenantId(), source.connectionId());
    if (!connection.scannable()) {
      var finding = connection.finding();
      throw new ProblemException(
          ConnectionProblem.CONNECTION_BROKEN,
          "The connection " + connection.name() + " cannot list and read.",
          finding == null ? Map.of() : Map.of("cause", finding.code(), "fix", finding.fix()));
    }
  }

  private Scan requested(
      Caller caller, ScanRequest request, RegisteredSource source, ScanMode mode) {
    try {
      sources.save(source.counted());
    } catch (OptimisticLockingFailureException e) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_ALREADY_RUNNING, "Another scan of this source just began.", e);
    }
    boolean earlier = rows.existsBySourceIdAndState(source.id(), ScanState.COMPLETED);
    ScanMode resolved =
        mode != ScanMode.AUTO ? mode : earlier ? ScanMode.INCREMENTAL : ScanMode.FULL;
    return new Scan(
        UUID.randomUUID(),
        null,
        caller.tenantId(),
        source.id(),
        source.scanCount() + 1,
        ScanState.REQUESTED,
        ScanTrigger.MANUAL,
        resolved,
        request.prefix() == null ? "" : request.prefix(),
        request.include() == null ? List.of() : request.include(),
        request.exclude() == null ? List.of() : request.exclude(),
        !Boolean.FALSE.equals(request.builtinExcludes()),
        classesOf(request),
        Boolean.TRUE.equals(request.reinspect()),
        1,
        null,
        TraceContext.current().traceparent(),
        caller.subject(),
        clock.instant(),
        null,
        null,
        null,
        null);
  }

  private static List<String> classesOf(ScanRequest request) {
    return request.classes() == null || request.classes().isEmpty()
        ? Arrays.stream(FileClass.values()).map(FileClass::name).toList()
        : request.classes();
  }

  private static ScanMode validated(ScanRequest request) {
    List<String> known = Arrays.stream(FileClass.values()).map(FileClass::name).toList();
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
   * @throws ProblemException NOT_FOUND, also for another tenant's id
   */
  @Transactional(readOnly = true)
  public ScanView get(Caller caller, UUID id) {
    return view(scan(caller, id));
  }

  /**
   * The newest scans first.
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
    Scan cursor = before == null ? null : scan(caller, before);
    return progress.scanIds(caller.tenantId(), sourceId, state, trigger, cursor, limit).stream()
        .map(id -> view(rows.findById(id).orElseThrow()))
        .toList();
  }

  private ScanView view(Scan scan) {
    boolean working = scan.state().active() && scan.state() != ScanState.PAUSED_AUTH;
    return new ScanView(scan, progress.of(scan.id()), working ? leases.statusOf(scan.id()) : null);
  }

  /**
   * Ends a scan; workers stop within ten seconds, committed chunks stay.
   *
   * @throws ProblemException NOT_FOUND, SCAN_STATE
   */
  @Transactional
  public ScanView cancel(Caller caller, UUID id) {
    caller.require(Role.ADMINISTRATOR, "Canceling a scan");
    Scan scan = progress.locked(scan(caller, id));
    states.changed(scan, scan.cancel(clock.instant()), caller.subject());
    return view(scan(caller, id));
  }

  /**
   * Goes on with a paused or failed scan from its checkpoint.
   *
   * @throws ProblemException NOT_FOUND, SCAN_STATE, CONNECTION_BROKEN, SCAN_ALREADY_RUNNING
   */
  @Transactional
  public ScanView resume(Caller caller, UUID id) {
    caller.require(Role.ADMINISTRATOR, "Resuming a scan");
    Scan scan = progress.locked(scan(caller, id));
    Scan resumed = scan.resume();
    requireScannable(sources.findById(scan.sourceId()).orElseThrow());
    try {
      send(states.changed(scan, resumed, caller.subject()));
    } catch (DuplicateKeyException e) {
      throw new ProblemException(
          DiscoveryProblem.SCAN_ALREADY_RUNNING, "Another scan of this source is active.", e);
    }
    return view(scan(caller, id));
  }

  @EventListener
  void goOn(ConnectionRepaired repaired) {
    for (Scan paused : rows.pausedOn(repaired.connectionId())) {
      Scan locked = progress.locked(paused);
      send(states.changed(locked, locked.resume()));
    }
  }

  /** Fails scans that waited 14 days for a new credential. */
  @Transactional
  public void failNotRenewed() {
    var before = clock.instant().minus(LONGEST_PAUSE);
    var problem = DiscoveryProblem.AUTH_NOT_RENEWED;
    for (Scan paused : rows.findByStateAndPausedAtBefore(ScanState.PAUSED_AUTH, before)) {
      var cause = new Scan.Cause(problem.name(), problem.title(), problem.fix());
      states.changed(paused, paused.fail(cause, clock.instant()));
    }
  }

  private void send(Scan scan) {
    String body =
        "{\"scan_id\":\"%s\",\"tenant_id\":\"%s\",\"dispatch\":%d}"
            .formatted(scan.id(), scan.tenantId(), scan.dispatches());
    outbox.add(
        List.of(new OutboxMessage(scan.tenantId(), Queues.SCAN_REQUESTS, scan.messageId(), body)));
  }

  private Scan scan(Caller caller, UUID id) {
    return rows.findByIdAndTenantId(id, caller.tenantId()).orElseThrow(() -> notFound("scan"));
  }

  private static void refuseSecond(UUID active) {
    throw new ProblemException(
        DiscoveryProblem.SCAN_ALREADY_RUNNING,
        "The source is being scanned by " + active + ".",
        Map.of("scan_id", active));
  }

  private static ProblemException notFound(String what) {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no " + what + " with this id.");
  }
}
