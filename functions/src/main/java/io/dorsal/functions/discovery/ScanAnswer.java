package io.dorsal.functions.discovery;

import io.dorsal.discovery.ProgressView;
import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanMode;
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
    ProgressView progress,
    long excluded,
    long issuesCount,
    Scan.@Nullable Cause cause,
    @Nullable String message) {

  private static final String LOST =
      "Worker lost. The scan continues when a worker picks it up again.";

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
        ProgressView.of(view),
        view.progress().excluded(),
        view.progress().issues(),
        scan.cause(),
        view.workerStatus() == WorkerStatus.LOST ? LOST : null);
  }
}
