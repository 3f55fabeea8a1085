package io.dorsal.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The requests to stores made in one hop: those that failed or were slow are kept one by one, at
 * most {@value #MOST_SINGLY} per flush; of all there are sums. A scan makes hundreds of thousands.
 * Thread-safe.
 */
public final class BlobTally {

  static final int MOST_SINGLY = 50;
  static final long SLOW_MS = 5_000;

  private final TraceContext below;
  private final UUID tenant;
  private final @Nullable String requestId;
  private Instant since = Clock.systemUTC().instant();
  private long requests;
  private long failures;
  private long slow;
  private long millis;
  private long longest;
  private int singly;

  BlobTally(TraceContext below, UUID tenant) {
    this.below = below;
    this.tenant = tenant;
    this.requestId = MDC.get("request_id");
  }

  /** The hop that the requests are made in. */
  public TraceContext below() {
    return below;
  }

  /**
   * Counts one request.
   *
   * @param context its own span, which the store was told
   * @param name the method and what it asked for
   * @param status 0 where no answer came
   * @param code the store's word for the failure; null where it did not fail
   * @param upstream the store's id of the request
   */
  public void asked(
      TraceContext context,
      String name,
      String store,
      Instant startedAt,
      long took,
      int status,
      @Nullable String code,
      @Nullable String upstream) {
    boolean failed = status == 0 || status >= 400;
    synchronized (this) {
      requests++;
      failures += failed ? 1 : 0;
      slow += took >= SLOW_MS ? 1 : 0;
      millis += took;
      longest = Math.max(longest, took);
      if (!(failed || took >= SLOW_MS) || singly++ >= MOST_SINGLY) {
        return;
      }
    }
    Spans.keep(
        new Kept.Hop(
            tenant,
            context.traceId(),
            context.spanId(),
            below.spanId(),
            Kept.Kind.BLOB,
            name,
            startedAt,
            took,
            failed ? Kept.State.ERROR : Kept.State.OK,
            code,
            requestId,
            upstream,
            List.of(),
            Map.of("store", store, "status", status)));
  }

  /** Keeps the sums since the last flush, if there are any; returns whether there were. */
  public synchronized boolean flush() {
    if (requests == 0) {
      return false;
    }
    Spans.keep(
        new Kept.Hop(
            tenant,
            below.traceId(),
            below.child().spanId(),
            below.spanId(),
            Kept.Kind.BLOB,
            "requests",
            since,
            millis,
            failures == 0 ? Kept.State.OK : Kept.State.ERROR,
            null,
            requestId,
            null,
            List.of(),
            Map.of("requests", requests, "failed", failures, "slow", slow, "longest_ms", longest)));
    since = Clock.systemUTC().instant();
    requests = 0;
    failures = 0;
    slow = 0;
    millis = 0;
    longest = 0;
    singly = 0;
    return true;
  }
}
