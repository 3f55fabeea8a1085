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
 * @param edge whether streams are served
 * @param lockDuration of all queues, where it is to differ from their declaration
 * @param settings added to the environment of functions host and workers, e.g. shorter leases
 * @param given servers to use instead of PostgreSQL and Azurite of its own
 */
public record StackOptions(
    Path home,
    StackDirectory directory,
    Programs programs,
    int workers,
    boolean edge,
    Optional<Duration> lockDuration,
    Map<String, String> settings,
    Optional<GivenServers> given) {

  public StackOptions {
    settings = Map.copyOf(settings);
    if (workers < 0) {
      throw new IllegalArgumentException("workers: " + workers);
    }
  }

  /** One worker, no edge, and everything as declared. */
  public static StackOptions in(Path home, Path directory) {
    return new StackOptions(
        home.toAbsolutePath(),
        new StackDirectory(directory),
        Programs.of(home.toAbsolutePath()),
        1,
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  public StackOptions withWorkers(int count) {
    return new StackOptions(home, directory, programs, count, edge, lockDuration, settings, given);
  }

  public StackOptions withEdge() {
    return new StackOptions(
        home, directory, programs, workers, true, lockDuration, settings, given);
  }

  public StackOptions withLockDuration(Duration duration) {
    return new StackOptions(
        home, directory, programs, workers, edge, Optional.of(duration), settings, given);
  }

  public StackOptions withSettings(Map<String, String> added) {
    return new StackOptions(home, directory, programs, workers, edge, lockDuration, added, given);
  }

  public StackOptions withPrograms(Programs others) {
    return new StackOptions(home, directory, others, workers, edge, lockDuration, settings, given);
  }

  public StackOptions withServers(GivenServers servers) {
    return new StackOptions(
        home, directory, programs, workers, edge, lockDuration, settings, Optional.of(servers));
  }
}
