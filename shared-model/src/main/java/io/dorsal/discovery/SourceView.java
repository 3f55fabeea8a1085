package io.dorsal.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A source as people see it.
 *
 * @param schedule null where it has none
 */
public record SourceView(
    RegisteredSource source, SourceCounters counters, @Nullable SourceSchedule schedule) {}
