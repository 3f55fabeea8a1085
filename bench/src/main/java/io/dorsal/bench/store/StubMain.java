package io.dorsal.bench.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The stub store as a process of its own, until SIGTERM. */
final class StubMain {

  private StubMain() {}

  /** Takes the port, the milliseconds of latency, and seed, number and size of the files. */
  public static void main(String[] arguments) throws InterruptedException {
    StubFiles files =
        StubFiles.of(
            Long.parseLong(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    Duration latency = Duration.ofMillis(Long.parseLong(arguments[1]));
    try (var _ = StubStore.start(files, latency, Integer.parseInt(arguments[0]))) {
      new CountDownLatch(1).await();
    }
  }
}
