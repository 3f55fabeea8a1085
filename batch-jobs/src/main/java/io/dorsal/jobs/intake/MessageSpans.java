package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.operations.MessageDelivery;
import io.dorsal.operations.Span;

/** The hops that received messages are. */
final class MessageSpans {

  private MessageSpans() {}

  static Span of(String queue, ServiceBusReceivedMessage message) {
    return MessageDelivery.of(
            queue,
            message.getMessageId(),
            message.getSequenceNumber(),
            message.getDeliveryCount() + 1,
            message.getApplicationProperties())
        .hop();
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
}
