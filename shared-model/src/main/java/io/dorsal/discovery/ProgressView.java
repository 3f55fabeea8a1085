package io.dorsal.discovery;

import io.dorsal.work.WorkerStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a scan is, as people see it.
 *
 * @param ratePerS inspected files per second over the last minute; null unless INSPECTING
 * @param etaSeconds null where it is not known
 * @param workerStatus null where no worker is needed
 */
public record ProgressView(
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

  /** What is being done, or was when the scan came to rest. */
  public enum Phase {
    QUEUED,
    LISTING,
    INSPECTING,
    DONE
  }

  public static ProgressView of(ScanView view) {
    ScanProgress progress = view.progress();
    boolean inspecting = view.scan().state() == ScanState.INSPECTING;
    return new ProgressView(
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
