package io.dorsal.connections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A URL by which a store reads one blob of a source, for whoever copies it. Secret: it is handed to
 * the store only, kept nowhere, and {@code toString} shows none of it. Thread-safe.
 */
public final class ReadLink implements CopyOriginal.Url {

  /** With less left, another URL is made. */
  static final Duration LEAST_LEFT = Duration.ofMinutes(15);

  /**
   * @param end null where Dorsal did not make the token, so cannot make another
   */
  record Minted(String url, @org.jspecify.annotations.Nullable Instant end) {
    @Override
    public String toString() {
      return "Minted[end=" + end + "]";
    }
  }

  private final Supplier<Minted> mint;
  private final Clock clock;
  private Minted minted;

  ReadLink(Supplier<Minted> mint, Clock clock) {
    this.mint = mint;
    this.clock = clock;
    this.minted = mint.get();
  }

  /** The URL, good for at least a quarter of an hour where Dorsal makes the tokens. */
  @Override
  public synchronized String get() {
    Instant end = minted.end();
    if (end != null && clock.instant().plus(LEAST_LEFT).isAfter(end)) {
      minted = mint.get();
    }
    return minted.url();
  }

  @Override
  public synchronized boolean renewed() {
    if (minted.end() == null) {
      return false;
    }
    minted = mint.get();
    return true;
  }

  @Override
  public String toString() {
    return "ReadLink[" + minted + "]";
  }
}
