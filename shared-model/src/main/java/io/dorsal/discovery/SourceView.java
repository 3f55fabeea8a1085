package io.dorsal.discovery;

/** A source as people see it. */
public record SourceView(RegisteredSource source, SourceCounters counters) {}
