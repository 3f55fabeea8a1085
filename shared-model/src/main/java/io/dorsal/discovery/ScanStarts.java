package io.dorsal.discovery;

import io.dorsal.access.Uuid7;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.Connections;
import io.dorsal.operations.TraceContext;
import io.dorsal.problem.ProblemException;
import io.dorsal.work.Outbox;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How every scan begins, whoever asks for it: people, schedules and events. All in the caller's
 * transaction, which holds the source, so that two never begin at once. Thread-safe.
 */
@Component
class ScanStarts {

  private final ScanRows rows;
  private final ScanStates states;
  private final SourceRows sources;
  private final ScanProgressRows progress;
  private final Connections connections;
  private final Outbox outbox;
  private final Clock clock;

  ScanStarts(
      ScanRows rows,
      ScanStates states,
      SourceRows sources,
      ScanProgressRows progress,
      Connections connections,
      Outbox outbox,
      Clock clock) {
    this.rows = rows;
    this.states = states;
    this.sources = sources;
    this.progress = progress;
    this.connections = connections;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Why the source cannot be scanned: SOURCE_PAUSED or CONNECTION_BROKEN; empty where it can. */
  Optional<ProblemException> unscannable(RegisteredSource source) {
    if (source.state() != SourceState.ACTIVE) {
      return Optional.of(
          new ProblemException(
              DiscoveryProblem.SOURCE_PAUSED, "The source is " + source.state() + "."));
    }
    Connection connection = connections.forNewWork(source.tenantId(), source.connectionId());
    return connection.scannable()
        ? Optional.empty()
        : Optional.of(broken(connection, "cannot list and read"));
  }

  /**
   * For a scan whose credential was refused it is not enough that nothing is known to fail.
   *
   * @throws ProblemException CONNECTION_BROKEN where the newest check of the connection passed not
   */
  void requirePassed(RegisteredSource source) {
    Connection connection = connections.forNewWork(source.tenantId(), source.connectionId());
    if (!connection.passed()) {
      throw broken(connection, "did not pass its check");
    }
  }

  private static ProblemException broken(Connection connection, String what) {
    var finding = connection.finding();
    return new ProblemException(
        ConnectionProblem.CONNECTION_BROKEN,
        "The connection " + connection.name() + " " + what + ".",
        finding == null ? Map.of() : Map.of("cause", finding.code(), "fix", finding.fix()));
  }

  /** SCAN_ALREADY_RUNNING where a scan of the source is active. */
  Optional<ProblemException> running(RegisteredSource source) {
    return rows.activeOf(source.id())
        .map(
            active ->
                new ProblemException(
                    DiscoveryProblem.SCAN_ALREADY_RUNNING,
                    "The source is being scanned by " + active.id() + ".",
                    Map.of("scan_id", active.id())));
  }

  /**
   * @throws ProblemException SCAN_ALREADY_RUNNING with {@code details.scan_id}
   */
  void refuseSecond(RegisteredSource source) {
    running(source)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Begins a scan of a held source that nothing hinders. */
  Scan begin(RegisteredSource source, ScanPlan plan) {
    sources.countScan(source.id());
    Scan scan = states.requested(requested(source, plan));
    progress.create(scan);
    send(scan);
    return scan;
  }

  private Scan requested(RegisteredSource source, ScanPlan plan) {
    boolean earlier = rows.existsBySourceIdAndState(source.id(), ScanState.COMPLETED);
    ScanMode resolved =
        plan.mode() != ScanMode.AUTO ? plan.mode() : earlier ? ScanMode.INCREMENTAL : ScanMode.FULL;
    return new Scan(
        Uuid7.next(),
        null,
        source.tenantId(),
        source.id(),
        source.scanCount() + 1,
        ScanState.REQUESTED,
        plan.trigger(),
        resolved,
        plan.prefix(),
        plan.prefixes(),
        plan.include(),
        plan.exclude(),
        plan.builtinExcludes(),
        plan.classes(),
        plan.reinspect(),
        1,
        null,
        TraceContext.current().traceparent(),
        plan.requestedBy(),
        clock.instant(),
        null,
        null,
        null,
        null);
  }

  /** Hands a scan to the workers. */
  void send(Scan scan) {
    outbox.add(List.of(OrderMessages.of(scan, Queues.SCAN_REQUESTS, scan.messageId())));
  }
}
