package io.dorsal.sources;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a busy store instead of failing: exponential pauses with jitter, the store's own {@code
 * Retry-After} first (at most 60 s), until the patience is used up. Everything else passes through.
 */
public final class PatientSource implements Source {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Source source;
  private final Duration patience;
  private final Runnable mayGoOn;

  /**
   * @param patience how long one request is tried in all
   * @param mayGoOn asked before each request and each second of waiting; throws to end it
   */
  public PatientSource(Source source, Duration patience, Runnable mayGoOn) {
    this.source = source;
    this.patience = patience;
    this.mayGoOn = mayGoOn;
  }

  @Override
  public SourcePage list(String prefix, @Nullable String continuation) {
    return patiently(() -> source.list(prefix, continuation));
  }

  @Override
  public byte[] read(String path, String etag, long offset, int length) {
    return patiently(() -> source.read(path, etag, offset, length));
  }

  @Override
  public ListedFile stat(String path) {
    return patiently(() -> source.stat(path));
  }

  private <T> T patiently(Supplier<T> request) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      mayGoOn.run();
      try {
        return request.get();
      } catch (SourceException e) {
        Duration asked = e.retryAfter();
        Duration next = asked == null ? jittered(pause) : shorter(asked, LONGEST_PAUSE);
        if (e.kind() != SourceException.Kind.BUSY
            || System.nanoTime() + next.toNanos() > deadline) {
          throw e;
        }
        pauseFor(next);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private static Duration jittered(Duration pause) {
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void pauseFor(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < end) {
      mayGoOn.run();
      try {
        Thread.sleep(Math.max(1, Math.min(1_000, (end - System.nanoTime()) / 1_000_000)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the store.", e);
      }
    }
  }
}
