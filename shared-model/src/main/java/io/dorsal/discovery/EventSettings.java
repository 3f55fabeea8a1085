package io.dorsal.discovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When storage events lead to a scan.
 *
 * @param quiet how long no event may have come
 * @param longestWait after the first event no more quiet is waited for
 * @param apart the least time from one event scan to the next
 * @param mostPrefixes with more changed folders the whole source is listed
 * @param remembered how long the id of an event is known
 */
@ConfigurationProperties("dorsal.events")
public record EventSettings(
    @DefaultValue("60s") Duration quiet,
    @DefaultValue("10m") Duration longestWait,
    @DefaultValue("5m") Duration apart,
    @DefaultValue("100") int mostPrefixes,
    @DefaultValue("24h") Duration remembered) {

  public EventSettings {
    if (!quiet.isPositive()) {
      throw new IllegalArgumentException("DORSAL_EVENTS_QUIET must be positive.");
    }
    if (longestWait.compareTo(quiet) < 0) {
      throw new IllegalArgumentException(
          "DORSAL_EVENTS_LONGEST_WAIT must not be shorter than DORSAL_EVENTS_QUIET.");
    }
    if (apart.isNegative()) {
      throw new IllegalArgumentException("DORSAL_EVENTS_APART must not be negative.");
    }
    if (mostPrefixes < 1) {
      throw new IllegalArgumentException("DORSAL_EVENTS_MOST_PREFIXES must be positive.");
    }
    if (!remembered.isPositive()) {
      throw new IllegalArgumentException("DORSAL_EVENTS_REMEMBERED must be positive.");
    }
  }
}
