package io.dorsal.bench.figures;

import java.time.Duration;

/**
 * What one process, or several of a kind, used during a run.
 *
 * @param peakKib the largest resident size of one of them; 0 where it is not known
 */
public record Use(Duration cpu, long peakKib) {}
