package io.dorsal.functions.discovery;

import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanMode;
import io.dorsal.discovery.ScanProgress;
import io.dorsal.discovery.ScanState;
import io.dorsal.discovery.ScanTrigger;
import io.dorsal.discovery.ScanView;
import io.dorsal.work.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scan as it is shown.
 *
 * @param prefixes where events told of changes; empty for other scans
 * @param excluded listed files that the patterns left out
 * @param issuesCount inspected files with a code or a note
 * @param cause why it is PAUSED_AUTH or FAILED
 * @param message what to know right now; null where there is nothing
 */
record ScanAnswer(
    UUID id,
    UUID sourceId,
    int number,
    ScanState state,
    ScanTrigger trigger,
    ScanMode mode,
    String prefix,
    List<String> prefixes,
    List<String> include,
    List<String> exclude,
    boolean builtinExcludes,
    List<String> classes,
    boolean reinspect,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant listedAt,
    @Nullable Instant pausedAt,
    @Nullable Instant finishedAt,
    Progress progress,
    long excluded,
    long issuesCount,
    Scan.@Nullable Cause cause,
    @Nullable String message) {

  private static final String LOST =
      "Worker lost. The scan continues when a worker picks it up again.";

  /** What is being done, or was when the scan came to rest. */
  enum Phase {
    QUEUED,
    LISTING,
    INSPECTING,
    DONE
  }

  /**
   * How far it is.
   *
   * @param ratePerS inspected files per second over the last minute; null unless INSPECTING
   * @param etaSeconds null where it is not known
   * @param workerStatus null where no worker is needed
   */
  record Progress(
      Phase phase,
      long listed,
      long toInspect,
      long inspected,
      long reused,
      long unreadable,
      long bytesRead,
      @Nullable Double ratePerS,
      @Nullable Long etaSeconds,
      int partitionsTotal,
      int partitionsDone,
      @Nullable WorkerStatus workerStatus,
      @Nullable Instant lastProgressAt) {

    static Progress of(ScanView view) {
      ScanProgress progress = view.progress();
      boolean inspecting = view.scan().state() == ScanState.INSPECTING;
      return new Progress(
          phase(view.scan()),
          progress.listed(),
          progress.toInspect(),
          progress.inspected(),
          progress.reused(),
          progress.unreadable(),
          progress.bytesRead(),
          inspecting ? progress.ratePerSecond() : null,
          inspecting ? progress.etaSeconds() : null,
          progress.partitionsTotal(),
          progress.partitionsDone(),
          view.workerStatus(),
          progress.lastProgressAt());
    }

    private static Phase phase(Scan scan) {
      return switch (scan.state()) {
        case REQUESTED -> Phase.QUEUED;
        case COMPLETED -> Phase.DONE;
        case LISTING -> Phase.LISTING;
        case INSPECTING -> Phase.INSPECTING;
        case PAUSED_AUTH, FAILED, CANCELED ->
            scan.startedAt() == null
                ? Phase.QUEUED
                : scan.listedAt() == null ? Phase.LISTING : Phase.INSPECTING;
      };
    }
  }

  static ScanAnswer of(ScanView view) {
    Scan scan = view.scan();
    return new ScanAnswer(
        scan.id(),
        scan.sourceId(),
        scan.number(),
        scan.state(),
        scan.triggerKind(),
        scan.mode(),
        scan.prefix(),
        scan.prefixes(),
        scan.include(),
        scan.exclude(),
        scan.builtinExcludes(),
        scan.classes(),
        scan.reinspect(),
        scan.requestedBy(),
        scan.requestedAt(),
        scan.startedAt(),
        scan.listedAt(),
        scan.pausedAt(),
        scan.finishedAt(),
        Progress.of(view),
        view.progress().excluded(),
        view.progress().issues(),
        scan.cause(),
        view.workerStatus() == WorkerStatus.LOST ? LOST : null);
  }
}
