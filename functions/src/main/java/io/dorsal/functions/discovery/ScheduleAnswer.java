package io.dorsal.functions.discovery;

import io.dorsal.discovery.ScanMode;
import io.dorsal.discovery.SourceSchedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A schedule as it is shown. */
record ScheduleAnswer(
    String cron,
    String timeZone,
    ScanMode mode,
    boolean enabled,
    @Nullable Instant nextFireAt,
    String updatedBy,
    Instant updatedAt) {

  static ScheduleAnswer of(SourceSchedule schedule) {
    return new ScheduleAnswer(
        schedule.cron(),
        schedule.timeZone(),
        schedule.mode(),
        schedule.enabled(),
        schedule.nextFireAt(),
        schedule.updatedBy(),
        schedule.updatedAt());
  }
}
