package io.dorsal.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a worker does at once.
 *
 * @param partitions partitions inspected at once, 1 to 16
 * @param reads files at inspection at once per partition, 1 to 64; the partitions of a worker lend
 *     each other theirs
 * @param patience how long one storage request is tried before its chunk fails
 * @param drain how long a stopping worker lets chunks finish before it gives them back; with what
 *     follows it stays under 20 s
 * @param watch how often canceled and paused scans are looked for; at most 10 s
 * @param pause before work that failed is given back for the first time; doubles up to thirty-two
 *     times as much
 */
@ConfigurationProperties("dorsal.jobs")
public record JobsSettings(
    @DefaultValue("4") int partitions,
    @DefaultValue("16") int reads,
    @DefaultValue("5m") Duration patience,
    @DefaultValue("12s") Duration drain,
    @DefaultValue("2s") Duration watch,
    @DefaultValue("1s") Duration pause) {

  /** The last word and the receivers' end take up to six seconds more. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(14);

  /** A canceled scan stops within ten seconds. */
  private static final Duration LONGEST_WATCH = Duration.ofSeconds(10);

  /** Thirty-two times as much is waited at most. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  public JobsSettings {
    if (partitions < 1 || partitions > 16) {
      throw new IllegalArgumentException("DORSAL_JOBS_PARTITIONS must be 1 to 16.");
    }
    if (reads < 1 || reads > 64) {
      throw new IllegalArgumentException("DORSAL_JOBS_READS must be 1 to 64.");
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("DORSAL_JOBS_PATIENCE must not be negative.");
    }
    if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
      throw new IllegalArgumentException("DORSAL_JOBS_DRAIN must be at most 14 seconds.");
    }
    if (!watch.isPositive() || watch.compareTo(LONGEST_WATCH) > 0) {
      throw new IllegalArgumentException("DORSAL_JOBS_WATCH must be at most 10 seconds.");
    }
    if (pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("DORSAL_JOBS_PAUSE must be at most 10 seconds.");
    }
  }
}
