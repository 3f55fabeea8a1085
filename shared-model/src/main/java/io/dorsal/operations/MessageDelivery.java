package io.dorsal.operations;

import io.dorsal.access.Sha256;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One delivery of a message of a queue. It is a hop of its own below the outbox row, and those
 * after the first are linked with it: its id follows from the message and the delivery's number, so
 * that no receiver has to be told.
 *
 * @param number of this delivery, from 1
 * @param traceParent the hop that sent it; null where it came without a trace
 * @param requestId the request that it goes back to; null where it came without one
 */
public record MessageDelivery(
    String queue,
    @Nullable String messageId,
    long sequenceNumber,
    long number,
    @Nullable String traceParent,
    @Nullable String requestId) {

  /** Of a message with these application properties. */
  public static MessageDelivery of(
      String queue,
      @Nullable String messageId,
      long sequenceNumber,
      long number,
      Map<String, Object> properties) {
    String parent = text(properties.get("traceparent"));
    return new MessageDelivery(
        queue,
        messageId,
        sequenceNumber,
        number,
        // Older senders name it as Application Insights did.
        parent == null ? text(properties.get("Diagnostic-Id")) : parent,
        text(properties.get("request_id")));
  }

  private static @Nullable String text(@Nullable Object property) {
    return property instanceof String text ? text : null;
  }

  /**
   * The same.
   *
   * @param properties as a function is told them: a JSON object
   */
  public static MessageDelivery of(
      String queue,
      @Nullable String messageId,
      long sequenceNumber,
      long number,
      @Nullable String properties) {
    return of(queue, messageId, sequenceNumber, number, members(properties));
  }

  private static Map<String, Object> members(@Nullable String json) {
    try {
      Map<String, Object> members =
          json == null ? null : JsonMapper.shared().readValue(json, new TypeReference<>() {});
      return members == null ? Map.of() : members;
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  /** Its hop, which belongs to no tenant before it is known whose the message is. */
  public Span hop() {
    Optional<TraceContext> sender = TraceContext.parse(traceParent);
    String trace =
        sender.map(TraceContext::traceId).orElseGet(() -> TraceContext.start().traceId());
    Span span =
        Span.of(
                Kept.Kind.MESSAGE,
                queue,
                Kept.NO_TENANT,
                new TraceContext(trace, spanId(number)),
                sender.map(TraceContext::spanId).orElse(null))
            .with("message_id", String.valueOf(messageId))
            .with("delivery", number);
    return number <= 1 ? span : span.repeats(spanId(1));
  }

  private String spanId(long delivery) {
    // Counted from 0, as AMQP does.
    String text = queue + "/" + sequenceNumber + "/" + messageId + "/" + (delivery - 1);
    long id = ByteBuffer.wrap(Sha256.of(text)).getLong();
    return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
  }

  /**
   * Does the work on it in its trace, as its hop and measured; what it throws comes through, and
   * then the message comes again.
   *
   * @param work is given what to tell whose the message is, once it knows
   */
  public void work(Metrics metrics, Consumer<Consumer<UUID>> work) {
    MDC.put("request_id", requestId);
    MDC.put("job_id", messageId);
    try (Span span = hop();
        var done = MessageWork.begin(metrics, queue);
        var _ = span.context().open()) {
      try {
        work.accept(
            tenant -> {
              MDC.put("tenant_id", tenant.toString());
              span.of(tenant).begun();
            });
        done.ok();
      } catch (ProblemException e) {
        span.failed(e.problem().name(), null);
        throw e;
      } catch (RuntimeException e) {
        span.failed(GeneralProblem.INTERNAL_ERROR.name(), null);
        throw e;
      }
    } finally {
      MDC.remove("request_id");
      MDC.remove("job_id");
      MDC.remove("tenant_id");
    }
  }
}
