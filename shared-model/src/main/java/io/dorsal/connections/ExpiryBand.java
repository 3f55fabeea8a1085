package io.dorsal.connections;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How near the end of a secret is; three of them are told to people, once each. */
public enum ExpiryBand {
  EXPIRED("EXPIRED", 0),
  ONE_DAY("1", 1),
  SEVEN_DAYS("7", 7),
  THIRTY_DAYS("30", 30),
  LATER("LATER", Integer.MAX_VALUE);

  /** Further away nobody is told. */
  static final Duration WIDEST = Duration.ofDays(30);

  private final String label;
  private final int days;

  ExpiryBand(String label, int days) {
    this.label = label;
    this.days = days;
  }

  /** As it is shown. */
  public String label() {
    return label;
  }

  /** The tightest band that holds. */
  static ExpiryBand of(Instant end, Instant now) {
    long left = daysLeft(end, now);
    return Arrays.stream(values()).filter(band -> left <= band.days).findFirst().orElse(LATER);
  }

  /** Days until the end, begun ones counted; 0 or less once it is over. */
  static long daysLeft(Instant end, Instant now) {
    return Math.ceilDiv(Duration.between(now, end).toMillis(), Duration.ofDays(1).toMillis());
  }

  /** The threshold in days that people are told of. */
  Optional<Integer> told() {
    return this == EXPIRED || this == LATER ? Optional.empty() : Optional.of(days);
  }
}
