package io.dorsal.jobs;

import io.dorsal.local.demo.DemoScan.Requested;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Scans an archive once per round, from its beginning, while a plan kills processes. */
final class CrashRounds {

  /**
   * On a machine with ten others at work a JVM starts for minutes; only a failure waits so long.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int CHUNK = 500;

  private final ScannedArchive archive;

  CrashRounds(ScannedArchive archive) {
    this.archive = archive;
  }

  /**
   * How a round ended.
   *
   * @param allowed how many files may have been begun again: a chunk per partition in flight where
   *     somebody died
   * @param mistakes in state, results, counters and what is left of the work
   */
  record Round(
      Requested scanned, long seconds, FirstReads reads, long allowed, List<String> mistakes) {}

  Round run(KillPlan plan) throws IOException, InterruptedException, SQLException {
    long mark = archive.requestsSoFar();
    Requested scanned = archive.request();
    Followed end = follow(plan, scanned);
    List<String> mistakes = new ArrayList<>(end.mistakes());
    if (end.state().contains("COMPLETED")) {
      mistakes.addAll(archive.audit().mistakes(scanned.source(), scanned.scan()));
    }
    return new Round(
        scanned, end.seconds(), archive.readsSince(mark), end.allowed(), List.copyOf(mistakes));
  }

  /**
   * How a scan came to its end; {@code mistakes} are an end that is none, and what is left of the
   * work.
   */
  record Followed(String state, long seconds, long allowed, List<String> mistakes) {}

  /** Kills as planned while the scan runs, and waits for its end. */
  Followed follow(KillPlan plan, Requested scanned) throws InterruptedException {
    long start = System.nanoTime();
    long allowed = 0;
    for (KillPlan.Moment moment : plan.moments()) {
      archive.awaitInspected(scanned, moment.inspected(), PATIENCE);
      Thread.sleep(moment.after());
      if (archive.completed(scanned)) {
        break;
      }
      allowed += CHUNK * kill(moment, scanned);
    }
    String state = archive.awaitEnd(scanned, PATIENCE);
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    List<String> mistakes = new ArrayList<>(archive.awaitSettled(scanned));
    if (!state.contains("COMPLETED")) {
      mistakes.add("after " + seconds + " s " + state);
    }
    return new Followed(state, seconds, allowed, List.copyOf(mistakes));
  }

  /** Returns how many partitions were in flight where somebody died. */
  private long kill(KillPlan.Moment moment, Requested scanned) throws InterruptedException {
    long open =
        archive
            .rows()
            .number(
                "select count(*) from scan_partition where scan_id = ? and state <> 'DONE'",
                scanned.scan());
    Set<String> victims = new LinkedHashSet<>();
    for (String victim : moment.victims()) {
      victims.add(victim.equals(KillPlan.HOLDER) ? holder(scanned) : victim);
    }
    victims.forEach(archive.stack()::kill);
    if (victims.contains("postgres")) {
      return open;
    }
    long held = 0;
    for (String victim : victims) {
      // The dead cannot give back what they held.
      held +=
          archive
              .rows()
              .number(
                  """
                  select count(*) from lease
                  where subject = ? and resource like 'scan/%/%' and holder like ? || '/%'
                  """,
                  scanned.scan(), victim);
    }
    return held;
  }

  private String holder(Requested scanned) throws InterruptedException {
    return archive.holders(scanned).stream().findFirst().orElse("worker-2");
  }
}
