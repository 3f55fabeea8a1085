package io.dorsal.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What kind of stack is wanted.
 *
 * @param home the checkout, with everything built
 * @param directory the stack's own; two stacks never share one
 * @param programs what the processes run
 * @param workers how many to start with, 0 or more
 * @param lockDuration of all queues, where it is to differ from their declaration
 * @param settings added to the environment of functions host and workers, e.g. shorter leases
 * @param given servers to use instead of PostgreSQL and Azurite of its own
 */
public record StackOptions(
    Path home,
    StackDirectory directory,
    Programs programs,
    int workers,
    Optional<Duration> lockDuration,
    Map<String, String> settings,
    Optional<GivenServers> given) {

  public StackOptions {
    settings = Map.copyOf(settings);
    if (workers < 0) {
      throw new IllegalArgumentException("workers: " + workers);
    }
  }

  /** One worker, and everything as declared. */
  public static StackOptions in(Path home, Path directory) {
    return new StackOptions(
        home.toAbsolutePath(),
        new StackDirectory(directory),
        Programs.of(home.toAbsolutePath()),
        1,
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  public StackOptions withWorkers(int count) {
    return new StackOptions(home, directory, programs, count, lockDuration, settings, given);
  }

  public StackOptions withLockDuration(Duration duration) {
    return new StackOptions(
        home, directory, programs, workers, Optional.of(duration), settings, given);
  }

  public StackOptions withSettings(Map<String, String> added) {
    return new StackOptions(home, directory, programs, workers, lockDuration, added, given);
  }

  public StackOptions withPrograms(Programs others) {
    return new StackOptions(home, directory, others, workers, lockDuration, settings, given);
  }

  public StackOptions withServers(GivenServers servers) {
    return new StackOptions(
        home, directory, programs, workers, lockDuration, settings, Optional.of(servers));
  }
}
