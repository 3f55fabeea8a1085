package io.dorsal.bench.figures;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of one contestant cost.
 *
 * @param files it worked on
 * @param requests that reached the store; 0 where there is none
 * @param bytes the store sent; 0 where that is not known
 * @param parts what each process used, by the name it has in the table, the store's included
 */
public record Sample(long files, Duration wall, long requests, long bytes, Map<String, Use> parts) {

  public Sample {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** The same with one more process. */
  public Sample with(String part, Use use) {
    Map<String, Use> more = new LinkedHashMap<>();
    more.put(part, use);
    more.putAll(parts);
    return new Sample(files, wall, requests, bytes, more);
  }

  /** Files per second. */
  public double rate() {
    return files / (wall.toNanos() / 1e9);
  }

  /** Milliseconds of CPU per file of one kind of process; 0 where it had no part. */
  double cpuMillis(String part) {
    Use use = parts.get(part);
    return use == null ? 0 : use.cpu().toNanos() / 1e6 / files;
  }

  /** Peak resident size in MiB of one kind of process; 0 where it is not known. */
  double peakMib(String part) {
    Use use = parts.get(part);
    return use == null ? 0 : use.peakKib() / 1024.0;
  }
}
