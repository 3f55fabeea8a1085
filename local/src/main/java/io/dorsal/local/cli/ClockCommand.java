package io.dorsal.local.cli;

import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import io.dorsal.local.stack.TimersNow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shifts the time by which secrets end, to see today what happens then. */
@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    description = {
      "Shows or shifts the clock by which secrets end. A shift shows its effects at once: notices",
      "are sent, ended connections expire. All other times stay what they are."
    },
    footer = {"Examples:", "  dorsal clock +29d", "  dorsal clock +90m", "  dorsal clock 0"})
final class ClockCommand implements Callable<Integer> {

  private static final Pattern SHIFT = Pattern.compile("\\+?(\\d{1,6})([dhm]?)");

  @Parameters(
      arity = "0..1",
      paramLabel = "SHIFT",
      description = "Ahead of now by days, hours or minutes, e.g. +29d; 0 ends it.")
  private @Nullable String shift;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackState state = Here.running();
    Path file = Here.directory().expiryShift();
    if (shift != null) {
      keep(file, parsed(shift));
      for (String timer : List.of("EveryMorning", "EveryMinute")) {
        TimersNow.run(state.api(), timer);
      }
    }
    Duration ahead =
        Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    Instant now = Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
    if (json) {
      Terminal.json(Map.of("now", now.toString(), "ahead", ahead.toString()));
    } else {
      Terminal.report(now + (ahead.isZero() ? "" : "  (ahead by " + ahead + ")"));
    }
    return 0;
  }

  private static void keep(Path file, Duration ahead) throws IOException {
    if (ahead.isZero()) {
      Files.deleteIfExists(file);
    } else {
      Files.writeString(file, ahead + "\n");
    }
  }

  /**
   * @throws IllegalArgumentException for what is no shift
   */
  static Duration parsed(String shift) {
    Matcher given = SHIFT.matcher(shift);
    if (!given.matches() || (given.group(2).isEmpty() && Long.parseLong(given.group(1)) != 0)) {
      throw new IllegalArgumentException(
          "A shift is a number of days, hours or minutes, such as +29d, +3h, +90m, or 0: " + shift);
    }
    long count = Long.parseLong(given.group(1));
    return switch (given.group(2)) {
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofDays(count);
    };
  }
}
