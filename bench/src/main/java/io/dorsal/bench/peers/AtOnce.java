package io.dorsal.bench.peers;

import io.dorsal.bench.store.StubFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does something with every file, so many at once, on virtual threads. */
public final class AtOnce {

  /** What is done with one file. */
  @FunctionalInterface
  public interface Work {
    void on(StubFile file) throws IOException, InterruptedException;
  }

  private AtOnce() {}

  /**
   * Returns when all are done.
   *
   * @throws IllegalStateException with the first failure as its cause; nothing is begun after it
   */
  public static void each(List<StubFile> files, int inFlight, Work work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < inFlight; i++) {
        threads.execute(
            () -> {
              try {
                for (int at = next.getAndIncrement();
                    at < files.size() && failure.get() == null;
                    at = next.getAndIncrement()) {
                  work.on(files.get(at));
                }
              } catch (IOException | InterruptedException | RuntimeException e) {
                failure.set(e);
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("The store failed", failure.get());
    }
  }
}
