package io.dorsal.functions.discovery;

import io.dorsal.discovery.OnNewFiles;
import io.dorsal.discovery.RegisteredSource;
import io.dorsal.discovery.SourceCounters;
import io.dorsal.discovery.SourceState;
import io.dorsal.discovery.SourceView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A source as it is shown; {@code warnings} only where it was just registered. */
record SourceAnswer(
    UUID id,
    UUID connectionId,
    String name,
    String container,
    String prefix,
    @Nullable UUID populationId,
    @Nullable String timeZone,
    SourceState state,
    OnNewFiles onNewFiles,
    @Nullable ScheduleAnswer schedule,
    SourceCounters counters,
    String createdBy,
    Instant createdAt,
    List<Warning> warnings) {

  /** Something to know that refuses nothing. */
  record Warning(String code, String detail, List<UUID> sourceIds) {}

  static SourceAnswer of(SourceView view) {
    return of(view, false, List.of());
  }

  /**
   * @param overlaps the sources that share files, as far as the caller may know of them
   */
  static SourceAnswer of(SourceView view, boolean overlapping, List<UUID> overlaps) {
    RegisteredSource source = view.source();
    return new SourceAnswer(
        source.id(),
        source.connectionId(),
        source.name(),
        source.container(),
        source.prefix(),
        source.populationId(),
        source.timeZone(),
        source.state(),
        source.onNewFiles(),
        view.schedule() == null ? null : ScheduleAnswer.of(view.schedule()),
        view.counters(),
        source.createdBy(),
        source.createdAt(),
        overlapping
            ? List.of(
                new Warning(
                    "SOURCE_OVERLAPS", "Other sources hold some of the same files.", overlaps))
            : List.of());
  }
}
