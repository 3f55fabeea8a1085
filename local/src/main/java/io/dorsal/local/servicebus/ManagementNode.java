package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.Settlement.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The {@code $management} node of one queue: request and response operations as in "AMQP 1.0 in
 * Azure Service Bus: request-response-based operations". Sessions, rules and transactions are
 * answered with 501.
 */
final class ManagementNode {

  // A response is one message: keep peeked ones well below what clients take.
  private static final int MAX_PEEKED_BYTES = 1024 * 1024;

  private record Answer(int status, @Nullable Symbol condition, String text, Object body) {

    static Answer ok(Map<String, Object> body) {
      return new Answer(200, null, "OK", body);
    }

    static Answer failed(int status, Symbol condition, String text) {
      return new Answer(status, condition, text, Map.of());
    }
  }

  private final MessageQueue queue;
  private final Broker broker;

  ManagementNode(MessageQueue queue, Broker broker) {
    this.queue = queue;
    this.broker = broker;
  }

  /** Carries out a request; the response may leave once the turn is committed. */
  Message answer(Message request) {
    Map<?, ?> properties =
        request.getApplicationProperties() == null
            ? Map.of()
            : request.getApplicationProperties().getValue();
    Map<?, ?> body =
        request.getBody() instanceof AmqpValue value && value.getValue() instanceof Map<?, ?> map
            ? map
            : Map.of();
    return response(request, answer(String.valueOf(properties.get("operation")), body));
  }

  private Answer answer(String operation, Map<?, ?> body) {
    Instant now = broker.now();
    return switch (operation) {
      case "com.microsoft:peek-message" -> peek(body, now);
      case "com.microsoft:renew-lock" -> renew(body, now);
      case "com.microsoft:schedule-message" -> schedule(body, now);
      case "com.microsoft:cancel-scheduled-message" -> cancel(body);
      case "com.microsoft:update-disposition" -> settle(body, now);
      case "com.microsoft:receive-by-sequence-number" -> receive(body, now);
      default -> Answer.failed(501, AmqpErrors.NOT_IMPLEMENTED, operation + " is not served");
    };
  }

  private Answer peek(Map<?, ?> body, Instant now) {
    long from = body.get("from-sequence-number") instanceof Number n ? n.longValue() : 0;
    int count = body.get("message-count") instanceof Number n ? n.intValue() : 1;
    var messages = new ArrayList<Map<String, Object>>();
    int bytes = 0;
    for (StoredMessage message : queue.peek(from, count, now)) {
      byte[] encoded = AmqpMessages.encode(AmqpMessages.delivery(message));
      bytes += encoded.length;
      if (bytes > MAX_PEEKED_BYTES && !messages.isEmpty()) {
        break;
      }
      messages.add(Map.of("message", new Binary(encoded)));
    }
    return messages.isEmpty()
        ? Answer.failed(204, AmqpErrors.MESSAGE_NOT_FOUND, "no message from there on")
        : Answer.ok(Map.of("messages", messages));
  }

  private Answer renew(Map<?, ?> body, Instant now) {
    var expirations = new ArrayList<Date>();
    for (UUID token : tokens(body)) {
      Instant until = queue.renew(token, now);
      if (until == null) {
        return lockLost();
      }
      expirations.add(Date.from(until));
    }
    return Answer.ok(Map.of("expirations", expirations.toArray(Date[]::new)));
  }

  private Answer schedule(Map<?, ?> body, Instant now) {
    var messages = new ArrayList<IncomingMessage>();
    if (body.get("messages") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map && map.get("message") instanceof Binary binary) {
          try {
            messages.add(AmqpMessages.incoming(AmqpMessages.bytes(binary)));
          } catch (IllegalArgumentException e) {
            return Answer.failed(400, AmqpErrors.DECODE_ERROR, "not an AMQP message");
          }
        }
      }
    }
    Long[] sequences =
        messages.stream().map(message -> queue.enqueue(message, now)).toArray(Long[]::new);
    return Answer.ok(Map.of("sequence-numbers", sequences));
  }

  private Answer cancel(Map<?, ?> body) {
    for (long sequence : sequences(body)) {
      if (!queue.cancel(sequence)) {
        return Answer.failed(
            404, AmqpErrors.MESSAGE_NOT_FOUND, "message " + sequence + " is not scheduled");
      }
    }
    return Answer.ok(Map.of());
  }

  private Answer settle(Map<?, ?> body, Instant now) {
    Settlement settlement = settlement(body);
    if (settlement == null) {
      return Answer.failed(
          501, AmqpErrors.NOT_IMPLEMENTED, body.get("disposition-status") + " is not served");
    }
    for (UUID token : tokens(body)) {
      Result result = queue.settle(token, settlement, now);
      if (result == Result.LOCK_LOST) {
        return lockLost();
      }
      if (result == Result.NOT_ALLOWED) {
        return Answer.failed(403, AmqpErrors.NOT_ALLOWED, "a dead letter stays a dead letter");
      }
    }
    return Answer.ok(Map.of());
  }

  private static @Nullable Settlement settlement(Map<?, ?> body) {
    var properties = new LinkedHashMap<String, Object>();
    if (body.get("properties-to-modify") instanceof Map<?, ?> sent) {
      sent.forEach((key, value) -> properties.put(key.toString(), value));
    }
    return switch (String.valueOf(body.get("disposition-status"))) {
      case "completed" -> new Settlement.Complete();
      case "abandoned" -> new Settlement.Abandon(properties);
      case "released" -> new Settlement.Release();
      case "defered" -> new Settlement.Defer(properties); // spelt so in the protocol
      case "suspended" ->
          new Settlement.DeadLetter(
              text(body.get("deadletter-reason")),
              text(body.get("deadletter-description")),
              properties);
      default -> null;
    };
  }

  private Answer receive(Map<?, ?> body, Instant now) {
    boolean delete =
        body.get("receiver-settle-mode") instanceof Number mode && mode.intValue() == 0;
    var messages = new ArrayList<Map<String, Object>>();
    for (StoredMessage message : queue.receiveDeferred(sequences(body), delete, now)) {
      var entry = new HashMap<String, Object>();
      entry.put("message", new Binary(AmqpMessages.encode(AmqpMessages.delivery(message))));
      if (message.place instanceof StoredMessage.Place.Locked lock) {
        entry.put("lock-token", lock.token());
      }
      messages.add(entry);
    }
    return messages.isEmpty()
        ? Answer.failed(404, AmqpErrors.MESSAGE_NOT_FOUND, "not among the deferred messages")
        : Answer.ok(Map.of("messages", messages));
  }

  private static Answer lockLost() {
    return Answer.failed(410, AmqpErrors.LOCK_LOST, AmqpErrors.LOCK_LOST_TEXT);
  }

  private static List<UUID> tokens(Map<?, ?> body) {
    return body.get("lock-tokens") instanceof UUID[] tokens ? List.of(tokens) : List.of();
  }

  private static List<Long> sequences(Map<?, ?> body) {
    return switch (body.get("sequence-numbers")) {
      case long[] numbers -> LongStream.of(numbers).boxed().toList();
      case Long[] numbers -> List.of(numbers);
      case null, default -> List.of();
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Message response(Message request, Answer answer) {
    var properties = new HashMap<String, Object>();
    properties.put("statusCode", answer.status());
    properties.put("statusDescription", answer.text());
    if (answer.condition() != null) {
      properties.put("errorCondition", answer.condition());
    }
    Message response = Message.Factory.create();
    response.setCorrelationId(request.getMessageId());
    response.setApplicationProperties(new ApplicationProperties(properties));
    response.setBody(new AmqpValue(answer.body()));
    return response;
  }
}
