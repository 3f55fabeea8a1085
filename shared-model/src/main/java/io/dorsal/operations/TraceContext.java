package io.dorsal.operations;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * W3C trace context (Trace Context Level 1, {@code traceparent} version 00) of one action, from the
 * click to the blob request. Immutable.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 */
public record TraceContext(String traceId, String spanId) {

  private static final Pattern TRACEPARENT =
      // Later versions may append members; version 00 has none, ff is no version.
      Pattern.compile(
          "(?!00.{54}|ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})"
              + "-[0-9a-f]{2}(?:-.*)?");

  /** A new trace. */
  public static TraceContext start() {
    return new TraceContext(hex() + hex(), hex());
  }

  /**
   * The given trace in a span of its own, or a new trace where the header is absent or malformed.
   */
  public static TraceContext continueFrom(@Nullable String traceparent) {
    return parse(traceparent).map(TraceContext::child).orElseGet(TraceContext::start);
  }

  /** The span that a header value names; empty where it is absent or malformed. */
  public static Optional<TraceContext> parse(@Nullable String traceparent) {
    if (traceparent == null) {
      return Optional.empty();
    }
    Matcher matcher = TRACEPARENT.matcher(traceparent);
    return matcher.matches()
        ? Optional.of(new TraceContext(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Another span of the same trace. */
  public TraceContext child() {
    return new TraceContext(traceId, hex());
  }

  /** The header value that hands this span on. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  /**
   * Puts trace and span id into every log line of this thread until closed; what was there before
   * comes back then.
   */
  public Scope open() {
    String traceBefore = MDC.get("trace_id");
    String spanBefore = MDC.get("span_id");
    MDC.put("trace_id", traceId);
    MDC.put("span_id", spanId);
    return () -> {
      restore("trace_id", traceBefore);
      restore("span_id", spanBefore);
    };
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  /**
   * The trace of the work at hand, from this thread's log context; a new one where there is none.
   */
  public static TraceContext current() {
    String traceId = MDC.get("trace_id");
    String spanId = MDC.get("span_id");
    return traceId == null || spanId == null ? start() : new TraceContext(traceId, spanId);
  }

  private static String hex() {
    long random;
    do {
      random = ThreadLocalRandom.current().nextLong();
    } while (random == 0);
    return HexFormat.of().toHexDigits(random);
  }

  /** Ends what {@link #open()} began. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
