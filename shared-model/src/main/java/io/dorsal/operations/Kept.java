package io.dorsal.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is kept for 30 days, so that one can follow an action afterwards. Holds no secret. */
public sealed interface Kept {

  /** The tenant of what belongs to none, such as a call that nobody is proven to have made. */
  UUID NO_TENANT = new UUID(0, 0);

  /** The kinds of hop, from the click to the store. */
  enum Kind {
    HTTP,
    OUTBOX,
    MESSAGE,
    PARTITION,
    JOB,
    STEP,
    CHUNK,
    BLOB,
    /** An attempt to deliver to a webhook. */
    WEBHOOK
  }

  /** How a hop stands. */
  enum State {
    /** It began; where its process was killed it stays so. */
    OPEN,
    OK,
    ERROR
  }

  /**
   * One hop of an action.
   *
   * @param parentSpanId null at the root
   * @param durationMs null while it is open
   * @param code of what went wrong
   * @param upstreamRequestId the other system's own id, such as Azure's {@code x-ms-request-id}
   * @param links spans of the same trace that it repeats
   */
  record Hop(
      UUID tenantId,
      String traceId,
      String spanId,
      @Nullable String parentSpanId,
      Kind kind,
      String name,
      Instant startedAt,
      @Nullable Long durationMs,
      State state,
      @Nullable String code,
      @Nullable String requestId,
      @Nullable String upstreamRequestId,
      List<String> links,
      Map<String, Object> attributes)
      implements Kept {}

  /**
   * One request that was answered.
   *
   * @param route the path template
   * @param problem the refusal's body as it was sent; null where it was none
   */
  record Request(
      UUID tenantId,
      String requestId,
      Instant at,
      String method,
      String route,
      int status,
      @Nullable String code,
      @Nullable String userId,
      String traceId,
      long durationMs,
      @Nullable String problem)
      implements Kept {}

  /** One line of a log. */
  record Line(
      UUID tenantId,
      Instant at,
      String level,
      String logger,
      String message,
      @Nullable String traceId,
      @Nullable String spanId,
      @Nullable String requestId,
      @Nullable String userId,
      @Nullable String error)
      implements Kept {}
}
