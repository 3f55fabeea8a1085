package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.Uuid7;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires schedules that are due. Any number of processes may do it at once: a fire, its record, its
 * scan and the next time are one transaction under the schedule's row lock. Thread-safe.
 */
@Component
public class ScheduleFires {

  private static final Logger log = LoggerFactory.getLogger(ScheduleFires.class);
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int MOST_MISSED = 1_000;

  private final ScheduleRows rows;
  private final ScheduleRunRows runs;
  private final SourceRows sources;
  private final ScanStarts starts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ScheduleFires(
      ScheduleRows rows,
      ScheduleRunRows runs,
      SourceRows sources,
      ScanStarts starts,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.runs = runs;
    this.sources = sources;
    this.starts = starts;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Fires everything due. What was missed while nobody looked fires once. A schedule that fails is
   * left due and does not keep the others from firing.
   *
   * @return how many fired
   */
  public int fireDue() {
    Instant now = clock.instant();
    int fired = 0;
    for (SourceSchedule due : Tenancy.sweep(Sweeper.SCHEDULES, () -> rows.due(now))) {
      UUID source = due.sourceId();
      try {
        fired +=
            Tenancy.in(
                due.tenantId(),
                () -> Objects.requireNonNull(transaction.execute(status -> fire(source, now))));
      } catch (RuntimeException e) {
        log.error("The schedule of source {} could not fire", source, e);
      }
    }
    return fired;
  }

  /** Forgets fires older than 400 days. */
  public void forgetOld() {
    Instant before = clock.instant().minus(KEPT);
    Tenancy.sweep(Sweeper.LEFTOVERS, () -> runs.forgetBefore(before));
  }

  private int fire(UUID sourceId, Instant now) {
    SourceSchedule schedule = rows.holdDue(sourceId, now).orElse(null);
    if (schedule == null) {
      return 0;
    }
    ScheduleRun run = run(schedule, now);
    rows.save(schedule.fired(now));
    runs.add(schedule, run);
    log.info("Schedule of source {}: {} scan={}", sourceId, run.outcome(), run.scanId());
    return 1;
  }

  private ScheduleRun run(SourceSchedule schedule, Instant now) {
    RegisteredSource source = sources.hold(schedule.sourceId(), schedule.tenantId()).orElseThrow();
    Optional<ProblemException> refusal =
        starts.unscannable(source).or(() -> starts.running(source));
    if (refusal.isPresent()) {
      UUID at = refusal.get().details().get("scan_id") instanceof UUID scan ? scan : null;
      return ran(schedule, now, outcome(refusal.get()), at);
    }
    var plan = ScanPlan.automatic(ScanTrigger.SCHEDULE, schedule.mode(), List.of(), "schedule");
    return ran(schedule, now, ScheduleRun.Outcome.STARTED, starts.begin(source, plan).id());
  }

  private static ScheduleRun.Outcome outcome(ProblemException refusal) {
    if (refusal.problem() == DiscoveryProblem.SOURCE_PAUSED) {
      return ScheduleRun.Outcome.SKIPPED_PAUSED;
    }
    return refusal.problem() == ConnectionProblem.CONNECTION_BROKEN
        ? ScheduleRun.Outcome.SKIPPED_AUTH
        : ScheduleRun.Outcome.SKIPPED_RUNNING;
  }

  private static ScheduleRun ran(
      SourceSchedule schedule,
      Instant now,
      ScheduleRun.Outcome outcome,
      @org.jspecify.annotations.Nullable UUID scan) {
    Instant due = Objects.requireNonNull(schedule.nextFireAt());
    return new ScheduleRun(Uuid7.next(), due, now, outcome, missed(schedule, due, now), scan);
  }

  /** How many more fell due; counted no further than a thousand. */
  private static int missed(SourceSchedule schedule, Instant due, Instant now) {
    CronSchedule cron =
        CronSchedule.parse(schedule.cron(), ZoneId.of(schedule.timeZone())).orElseThrow();
    int missed = 0;
    Optional<Instant> next = cron.after(due);
    while (next.isPresent() && !next.get().isAfter(now) && missed < MOST_MISSED) {
      missed++;
      next = cron.after(next.get());
    }
    return missed;
  }
}
