package io.dorsal.functions.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dorsal.discovery.MissingGuard;
import io.dorsal.discovery.ProgressView;
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
 * @param prefix null for whom names are not shown, as are {@code prefixes}, {@code include} and
 *     {@code exclude}
 * @param prefixes where events told of changes; empty for other scans
 * @param excluded listed files that the patterns left out
 * @param issuesCount inspected files with a code or a note
 * @param changes what is other than before; complete when the scan is
 * @param guard what a person has to decide, or did; null where nothing was held back
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
    @Nullable String prefix,
    @Nullable List<String> prefixes,
    @Nullable List<String> include,
    @Nullable List<String> exclude,
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
    Changes changes,
    @Nullable Guard guard,
    Scan.@Nullable Cause cause,
    @Nullable String message) {

  private static final String LOST =
      "Worker lost. The scan continues when a worker picks it up again.";

  /** Files by what became of them since the scans before. */
  record Changes(@JsonProperty("new") long added, long changed, long moved, long missing) {
    static Changes of(ScanProgress progress) {
      return new Changes(
          progress.added(), progress.changed(), progress.moved(), progress.missing());
    }
  }

  /** Too many known files were not found to be believed at once. */
  record Guard(
      MissingGuard.State state,
      long known,
      long wouldBeMissing,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {
    static @Nullable Guard of(@Nullable MissingGuard guard) {
      return guard == null
          ? null
          : new Guard(
              guard.state(),
              guard.known(),
              guard.wouldBeMissing(),
              guard.decidedBy(),
              guard.decidedAt());
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
        view.names() ? scan.prefix() : null,
        view.names() ? scan.prefixes() : null,
        view.names() ? scan.include() : null,
        view.names() ? scan.exclude() : null,
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
        Changes.of(view.progress()),
        Guard.of(view.guard()),
        scan.cause(),
        view.workerStatus() == WorkerStatus.LOST ? LOST : null);
  }
}
