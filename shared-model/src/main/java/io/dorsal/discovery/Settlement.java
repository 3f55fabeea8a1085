package io.dorsal.discovery;

import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the end of a scan settles, in the transaction that completes it: which files moved, whether
 * the rest of those that are gone can be believed, and if so marks them MISSING.
 */
@Component
class Settlement {

  private final Moves moves;
  private final MissingFiles missing;
  private final GuardRows guards;
  private final ScanRows scans;
  private final Journal journal;
  private final Clock clock;

  Settlement(
      Moves moves,
      MissingFiles missing,
      GuardRows guards,
      ScanRows scans,
      Journal journal,
      Clock clock) {
    this.moves = moves;
    this.missing = missing;
    this.guards = guards;
    this.scans = scans;
    this.journal = journal;
    this.clock = clock;
  }

  /** Settles a scan of which everything is listed and inspected. */
  void settle(Scan scan) {
    if (scan.number() == 1) {
      return;
    }
    moves.settle(scan);
    MissingFiles.Count count = missing.count(scan);
    Instant now = clock.instant();
    supersede(scan, now);
    if (MissingGuard.doubts(count.known(), count.gone())) {
      guards.save(MissingGuard.held(scan, count.known(), count.gone(), now));
      said(scan, null, MissingGuard.State.HELD, StateChange.SYSTEM, count.gone());
    } else if (count.gone() > 0) {
      missing.mark(scan);
    }
    missing.tally(scan);
  }

  /** What an earlier scan left open is answered by this one, where it looked at as much. */
  private void supersede(Scan scan, Instant now) {
    for (MissingGuard held :
        guards.findBySourceIdAndState(scan.sourceId(), MissingGuard.State.HELD)) {
      Scan earlier = scans.findById(held.scanId()).orElseThrow();
      if (earlier.number() < scan.number() && ScanScope.covers(scan, earlier)) {
        guards.save(held.supersede(now));
        said(earlier, held.state(), MissingGuard.State.SUPERSEDED, StateChange.SYSTEM, 0);
      }
    }
  }

  /**
   * Carries out what a person decided.
   *
   * @param confirmed whether the files are gone indeed
   */
  void decide(Scan scan, MissingGuard guard, boolean confirmed, String by) {
    MissingGuard decided =
        confirmed ? guard.confirm(by, clock.instant()) : guard.dismiss(by, clock.instant());
    guards.save(decided);
    if (confirmed) {
      missing.mark(scan);
      missing.tally(scan);
    }
    said(scan, guard.state(), decided.state(), by, guard.wouldBeMissing());
  }

  private void said(
      Scan scan,
      MissingGuard.@Nullable State from,
      MissingGuard.State to,
      String actor,
      long wouldBeMissing) {
    journal.stateChanged(
        new StateChange(
            "scan.guard." + to.name().toLowerCase(Locale.ROOT),
            scan.tenantId(),
            "scan",
            scan.id(),
            from == null ? null : from.name(),
            to.name(),
            actor,
            Map.of("source_id", scan.sourceId(), "would_be_missing", wouldBeMissing)));
  }
}
