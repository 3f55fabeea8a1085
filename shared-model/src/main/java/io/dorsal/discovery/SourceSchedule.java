package io.dorsal.discovery;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * When a source is scanned without anybody asking.
 *
 * @param version null before the first save
 * @param cron five fields, see {@link CronSchedule}
 * @param timeZone the IANA zone whose clocks count
 * @param nextFireAt null while it is not enabled
 */
@Table("source_schedule")
public record SourceSchedule(
    @Id UUID sourceId,
    @Version @Nullable Integer version,
    UUID tenantId,
    String cron,
    String timeZone,
    ScanMode mode,
    boolean enabled,
    @Nullable Instant nextFireAt,
    String updatedBy,
    Instant updatedAt) {

  /** What the journal calls its state. */
  String state() {
    return enabled ? "ENABLED" : "DISABLED";
  }

  /** Everything due by now counts as fired. */
  SourceSchedule fired(Instant now) {
    return new SourceSchedule(
        sourceId,
        version,
        tenantId,
        cron,
        timeZone,
        mode,
        enabled,
        next(cron, timeZone, now),
        updatedBy,
        updatedAt);
  }

  static @Nullable Instant next(String cron, String timeZone, Instant now) {
    return CronSchedule.parse(cron, ZoneId.of(timeZone))
        .flatMap(schedule -> schedule.after(now))
        .orElse(null);
  }
}
