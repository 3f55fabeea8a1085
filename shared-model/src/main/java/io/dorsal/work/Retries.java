package io.dorsal.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When something that could not be sent to the outside is tried again; 8 attempts in all. */
public final class Retries {

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24));

  private Retries() {}

  /**
   * How long to wait from an attempt to the next.
   *
   * @param attempts made so far, 1 or more
   * @return empty where it is given up
   */
  public static Optional<Duration> after(int attempts) {
    return attempts <= WAITS.size() ? Optional.of(WAITS.get(attempts - 1)) : Optional.empty();
  }
}
