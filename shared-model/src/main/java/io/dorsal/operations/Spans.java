package io.dorsal.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the hops of actions go, one place for the whole process as it is with its log: whoever
 * makes one needs nothing handed in. Without {@link Recorder} they go nowhere. Thread-safe.
 */
public final class Spans {

  private static final int MOST_TALLIES = 2_000;

  private static volatile Consumer<Kept> sink = kept -> {};

  private static final Map<String, BlobTally> TALLIES =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BlobTally> eldest) {
          // Nobody ended their hops.
          return size() > MOST_TALLIES;
        }
      };

  private Spans() {}

  static void into(Consumer<Kept> other) {
    sink = other;
  }

  /** Keeps it soon; returns at once and never fails. */
  public static void keep(Kept kept) {
    sink.accept(kept);
  }

  /** The sums of the requests to stores made in this hop. */
  public static BlobTally tally(TraceContext hop, UUID tenant) {
    synchronized (TALLIES) {
      return TALLIES.computeIfAbsent(hop.spanId(), id -> new BlobTally(hop, tenant));
    }
  }

  /** The hop's sums, which nobody adds to any more; null where it asked no store. */
  static @Nullable BlobTally tallyEnded(TraceContext hop) {
    synchronized (TALLIES) {
      return TALLIES.remove(hop.spanId());
    }
  }

  /** The hop's sums so far; null where it asked no store. */
  public static @Nullable BlobTally tallyOf(TraceContext hop) {
    synchronized (TALLIES) {
      return TALLIES.get(hop.spanId());
    }
  }
}
