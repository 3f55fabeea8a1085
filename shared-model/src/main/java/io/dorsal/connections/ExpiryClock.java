package io.dorsal.connections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The time by which secrets end. It is the clock's, but that a local stack may be ahead of it, to
 * see what happens when a secret ends; all else, such as links that are minted, keeps the real
 * time. Thread-safe.
 */
@Component
class ExpiryClock {

  private static final Logger log = LoggerFactory.getLogger(ExpiryClock.class);

  private final Clock clock;
  private final @Nullable Path shiftFile;

  ExpiryClock(Clock clock, ExpirySettings settings, ConnectionSettings connections) {
    this.clock = clock;
    this.shiftFile = settings.shiftFile();
    if (shiftFile != null && !connections.local()) {
      throw new IllegalArgumentException(
          "DORSAL_EXPIRY_SHIFT_FILE is for the local profile only; leave it out.");
    }
  }

  Instant now() {
    return shiftFile == null ? clock.instant() : clock.instant().plus(shift(shiftFile));
  }

  private static Duration shift(Path file) {
    try {
      return Duration.parse(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Duration.ZERO;
    } catch (IOException | DateTimeParseException e) {
      log.warn("The clock of expiry is not shifted: {} holds no duration", file);
      return Duration.ZERO;
    }
  }
}
