package io.dorsal.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One hop of an action while it lasts. Keeping it never slows or fails the work: {@link Spans}
 * takes it behind the work's back. Not thread-safe.
 */
public final class Span implements AutoCloseable {

  private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  private final TraceContext context;
  private final @Nullable String parent;
  private final Kept.Kind kind;
  private final String name;
  private final Instant startedAt = CLOCK.instant();
  private final long begin = System.nanoTime();
  private final List<String> links = new ArrayList<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private UUID tenant;
  private Kept.State state = Kept.State.OK;
  private @Nullable String code;
  private @Nullable String upstreamRequestId;
  private boolean kept = true;

  private Span(
      Kept.Kind kind, String name, UUID tenant, TraceContext context, @Nullable String parent) {
    this.kind = kind;
    this.name = name;
    this.tenant = tenant;
    this.context = context;
    this.parent = parent;
  }

  /**
   * A hop whose ids are known.
   *
   * @param parent null at the root of the trace
   */
  public static Span of(
      Kept.Kind kind, String name, UUID tenant, TraceContext context, @Nullable String parent) {
    return new Span(kind, name, tenant, context, parent);
  }

  /** A hop below the one at work on this thread. */
  public static Span below(Kept.Kind kind, String name, UUID tenant) {
    TraceContext current = TraceContext.current();
    return new Span(kind, name, tenant, current.child(), current.spanId());
  }

  public TraceContext context() {
    return context;
  }

  /** Says whose it is, where that was not known before. */
  public Span of(UUID owner) {
    tenant = owner;
    return this;
  }

  /** Adds a particular that is no secret. */
  public Span with(String attribute, Object value) {
    attributes.put(attribute, value);
    return this;
  }

  /** It does again what that span did. */
  public Span repeats(String spanId) {
    links.add(spanId);
    return this;
  }

  /** It went wrong. */
  public void failed(@Nullable String why, @Nullable String upstream) {
    state = Kept.State.ERROR;
    code = why;
    upstreamRequestId = upstream;
  }

  /** Keeps it only where something happened below it that is kept. */
  public void plain() {
    kept = false;
  }

  /** Keeps that it began, so that it is seen though its process is killed. */
  public Span begun() {
    Spans.keep(hop(Kept.State.OPEN, null));
    return this;
  }

  /** How long it has lasted. */
  public long millis() {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** Ends it, together with the sums of the requests to stores made in it. */
  @Override
  public void close() {
    BlobTally tally = Spans.tallyEnded(context);
    boolean asked = tally != null && tally.flush();
    if (kept || asked) {
      Spans.keep(hop(state, millis()));
    }
  }

  private Kept.Hop hop(Kept.State now, @Nullable Long millis) {
    return new Kept.Hop(
        tenant,
        context.traceId(),
        context.spanId(),
        parent,
        kind,
        name,
        startedAt,
        millis,
        now,
        code,
        MDC.get("request_id"),
        upstreamRequestId,
        List.copyOf(links),
        Map.copyOf(attributes));
  }
}
