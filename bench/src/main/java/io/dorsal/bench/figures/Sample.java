package io.dorsal.bench.figures;

import java.time.Duration;

/**
 * What one run of one contestant cost.
 *
 * @param files it worked on
 * @param requests that reached the store
 * @param bytes the store sent
 * @param cpu of all its processes, without the store
 * @param peakKib the largest of its processes' peak resident sizes; 0 where it is not known
 */
public record Sample(
    long files, Duration wall, long requests, long bytes, Duration cpu, long peakKib) {

  /** Files per second. */
  public double rate() {
    return files / (wall.toNanos() / 1e9);
  }
}
