package io.dorsal.discovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a scan's numbers are told before they are final.
 *
 * @param liveFiles up to so many files they are counted when somebody asks, else by a worker
 * @param fresh how long numbers of a scan at work are good enough
 */
@ConfigurationProperties("dorsal.summary")
public record SummarySettings(
    @DefaultValue("50000") long liveFiles, @DefaultValue("30s") Duration fresh) {

  public SummarySettings {
    if (liveFiles < 0) {
      throw new IllegalArgumentException("DORSAL_SUMMARY_LIVE_FILES must not be negative.");
    }
    if (!fresh.isPositive()) {
      throw new IllegalArgumentException("DORSAL_SUMMARY_FRESH must be positive.");
    }
  }
}
