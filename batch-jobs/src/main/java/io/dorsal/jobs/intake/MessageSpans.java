package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.access.Sha256;
import io.dorsal.operations.Kept;
import io.dorsal.operations.Span;
import io.dorsal.operations.TraceContext;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hops that received messages are. Each delivery is one of its own below the outbox row, and
 * those after the first are linked with it: its id follows from the message and the delivery's
 * number, so that no worker has to be told.
 */
final class MessageSpans {

  private MessageSpans() {}

  static Span of(String queue, ServiceBusReceivedMessage message) {
    Optional<TraceContext> sender =
        TraceContext.parse((String) message.getApplicationProperties().get("traceparent"));
    String trace =
        sender.map(TraceContext::traceId).orElseGet(() -> TraceContext.start().traceId());
    long delivery = message.getDeliveryCount();
    Span span =
        Span.of(
                Kept.Kind.MESSAGE,
                queue,
                Kept.NO_TENANT,
                new TraceContext(trace, id(queue, message, delivery)),
                sender.map(TraceContext::spanId).orElse(null))
            .with("message_id", String.valueOf(message.getMessageId()))
            .with("delivery", delivery + 1);
    return delivery == 0 ? span : span.repeats(id(queue, message, 0));
  }

  /** What came of the work. */
  static void ended(Span span, Verdict verdict) {
    switch (verdict) {
      case Verdict.Done done -> {}
      case Verdict.GiveBack back -> span.with("given_back", true);
      case Verdict.AwaitDatabase away -> span.failed("SERVICE_UNAVAILABLE", null);
      case Verdict.Pause pause -> span.failed(pause.problem().name(), pause.upstreamRequestId());
      case Verdict.Fail fail -> span.failed(fail.problem().name(), fail.upstreamRequestId());
      case Verdict.Refuse refuse -> span.failed("NOT_FOUND", null);
      case Verdict.TryAgain again -> span.failed("INTERNAL_ERROR", null);
    }
  }

  private static String id(String queue, ServiceBusReceivedMessage message, long delivery) {
    String text = queue + "/" + message.getSequenceNumber() + "/" + message.getMessageId();
    long id = ByteBuffer.wrap(Sha256.of(text + "/" + delivery)).getLong();
    return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
  }
}
