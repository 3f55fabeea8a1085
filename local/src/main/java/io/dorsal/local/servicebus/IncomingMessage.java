package io.dorsal.local.servicebus;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a sender handed over: the AMQP message, and what a queue needs to know of it. */
final class IncomingMessage {

  final byte[] encoded;
  final @Nullable String messageId;
  final @Nullable Duration timeToLive;
  final @Nullable Instant scheduledFor;

  IncomingMessage(
      byte[] encoded,
      @Nullable String messageId,
      @Nullable Duration timeToLive,
      @Nullable Instant scheduledFor) {
    this.encoded = encoded;
    this.messageId = messageId;
    this.timeToLive = timeToLive;
    this.scheduledFor = scheduledFor;
  }
}
