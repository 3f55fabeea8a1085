package io.dorsal.discovery;

import io.dorsal.work.Outbox;
import io.dorsal.work.Queues;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells a scan in numbers within milliseconds: small ones are counted at once, of large ones what
 * was counted last, and a worker counts anew. In the caller's transaction. Thread-safe.
 */
@Component
class Summaries {

  private final SummaryRows rows;
  private final Outbox outbox;
  private final SummarySettings settings;
  private final Clock clock;

  Summaries(SummaryRows rows, Outbox outbox, SummarySettings settings, Clock clock) {
    this.rows = rows;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param withCameras whether the caller may see more than counts
   */
  ScanSummary of(Scan scan, boolean withCameras) {
    ScanSummary summary = newest(scan);
    return withCameras ? summary : summary.withoutCameras();
  }

  private ScanSummary newest(Scan scan) {
    Optional<SummaryRows.Kept> kept = rows.kept(scan);
    if (kept.isPresent() && kept.get().last()) {
      return kept.get().numbers();
    }
    if (rows.files(scan) <= settings.liveFiles()) {
      return rows.count(scan);
    }
    ScanSummary newest = kept.map(SummaryRows.Kept::numbers).orElseGet(() -> rows.listed(scan));
    if (due(scan, newest.countedAt())) {
      request(scan);
    }
    return newest;
  }

  /** A scan at rest changes no more; what was counted since its end is right. */
  private boolean due(Scan scan, @Nullable Instant counted) {
    Instant good = scan.finishedAt();
    if (good == null) {
      good = clock.instant().minus(settings.fresh());
    }
    return counted == null || counted.isBefore(good);
  }

  /** Has a worker count; asked again within a while, the queue drops it. */
  void request(Scan scan) {
    long window = clock.instant().getEpochSecond() / settings.fresh().toSeconds();
    String id = scan.id() + "-summary-" + window;
    outbox.add(List.of(OrderMessages.of(scan, Queues.SCAN_PATTERNS, id)));
  }
}
