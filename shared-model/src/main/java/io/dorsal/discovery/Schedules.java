package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.operations.Journal;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The schedules of a tenant's sources. Thread-safe. */
@Component
public class Schedules {

  private static final int LONGEST_CRON = 200;
  private static final String READING = "Reading schedules";

  private final ScheduleRows rows;
  private final ScheduleRunRows runs;
  private final SourceRights rights;
  private final Journal journal;
  private final Clock clock;

  Schedules(
      ScheduleRows rows, ScheduleRunRows runs, SourceRights rights, Journal journal, Clock clock) {
    this.rows = rows;
    this.runs = runs;
    this.rights = rights;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Sets or replaces a source's schedule. Fires that fell due before are not made up for.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND, VALIDATION_FAILED, SCHEDULE_TOO_FREQUENT
   */
  @Transactional
  public SourceSchedule set(Caller caller, UUID sourceId, ScheduleRequest request) {
    rows.hold(sourceId, caller.tenantId());
    RegisteredSource source = rights.held(caller, sourceId, "Setting a schedule");
    Optional<SourceSchedule> before = rows.findBySourceIdAndTenantId(sourceId, caller.tenantId());
    SourceSchedule wanted = judged(caller, source, request, before.orElse(null));
    SourceSchedule saved = rows.save(wanted);
    journal(caller, sourceId, before.map(SourceSchedule::state).orElse(null), saved.state());
    return saved;
  }

  private SourceSchedule judged(
      Caller caller,
      RegisteredSource source,
      ScheduleRequest request,
      @Nullable SourceSchedule before) {
    String zone =
        Objects.requireNonNullElse(
            request.timeZone(), Objects.requireNonNullElse(source.timeZone(), "UTC"));
    String cron = Objects.requireNonNullElse(request.cron(), "");
    String mode = Objects.requireNonNullElse(request.mode(), "AUTO");
    boolean zoneFits = SourceRules.isZone(zone);
    Optional<CronSchedule> parsed =
        cron.length() > LONGEST_CRON
            ? Optional.empty()
            : CronSchedule.parse(cron, zoneFits ? ZoneId.of(zone) : ZoneId.of("UTC"));
    new Validation()
        .check(
            parsed.isPresent(),
            "cron",
            "INVALID",
            "cron needs five fields (minute, hour, day, month, weekday) and must fire some day.")
        .check(
            zoneFits,
            "time_zone",
            "UNKNOWN_VALUE",
            "time_zone must be an IANA zone such as Europe/Berlin.")
        .check(
            mode.matches("AUTO|FULL|INCREMENTAL"),
            "mode",
            "UNKNOWN_VALUE",
            "mode must be AUTO, FULL or INCREMENTAL.")
        .orThrow();
    if (parsed.orElseThrow().tooFrequent()) {
      throw new ProblemException(
          DiscoveryProblem.SCHEDULE_TOO_FREQUENT,
          "Two fires of " + cron + " are closer than 15 minutes.");
    }
    Instant now = clock.instant();
    boolean enabled = !Boolean.FALSE.equals(request.enabled());
    return new SourceSchedule(
        source.id(),
        before == null ? null : before.version(),
        source.tenantId(),
        cron.strip(),
        zone,
        ScanMode.valueOf(mode),
        enabled,
        enabled ? SourceSchedule.next(cron, zone, now) : null,
        caller.actor(),
        now);
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND also where the source has none
   */
  @Transactional(readOnly = true)
  public SourceSchedule get(Caller caller, UUID sourceId) {
    rights.source(caller, sourceId, PopulationRole.PROFESSIONAL, READING);
    return rows.findBySourceIdAndTenantId(sourceId, caller.tenantId()).orElseThrow(() -> none());
  }

  /**
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND also where the source has none
   */
  @Transactional
  public void remove(Caller caller, UUID sourceId) {
    rights.source(caller, sourceId, PopulationRole.ADMINISTRATOR, "Removing a schedule");
    SourceSchedule found = rows.hold(sourceId, caller.tenantId()).orElseThrow(() -> none());
    rows.delete(found);
    journal(caller, sourceId, found.state(), "REMOVED");
  }

  /**
   * What came of the fires, the newest first.
   *
   * @param before {@code next} of the page before; null begins
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND
   */
  @Transactional(readOnly = true)
  public ResultPage<ScheduleRun> runs(
      Caller caller, UUID sourceId, @Nullable UUID before, int limit) {
    rights.source(caller, sourceId, PopulationRole.PROFESSIONAL, READING);
    return runs.of(sourceId, before, limit);
  }

  private void journal(Caller caller, UUID sourceId, @Nullable String from, String to) {
    journal.stateChanged(
        new StateChange(
            to.equals("REMOVED") ? "schedule.removed" : "schedule.set",
            caller.tenantId(),
            "schedule",
            sourceId,
            from,
            to,
            caller.actor(),
            Map.of()));
  }

  private static ProblemException none() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "The source has no schedule.");
  }
}
