package io.dorsal.local.servicebus;

import io.dorsal.local.servicebus.StoredMessage.Place;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.message.Message;

/** Service Bus messages as AMQP bytes: taken apart on arrival, dressed for delivery. */
final class AmqpMessages {

  /** The message format of a transfer whose data sections are messages of their own. */
  static final int BATCH_FORMAT = 0x80013700;

  private static final Symbol SEQUENCE_NUMBER = Symbol.valueOf("x-opt-sequence-number");
  private static final Symbol ENQUEUED_TIME = Symbol.valueOf("x-opt-enqueued-time");
  private static final Symbol LOCKED_UNTIL = Symbol.valueOf("x-opt-locked-until");
  private static final Symbol SCHEDULED_TIME = Symbol.valueOf("x-opt-scheduled-enqueue-time");
  private static final Symbol MESSAGE_STATE = Symbol.valueOf("x-opt-message-state");

  private AmqpMessages() {}

  /**
   * The messages of one transfer.
   *
   * @throws IllegalArgumentException when the bytes are not AMQP
   */
  static List<IncomingMessage> unpack(byte[] transfer, int messageFormat) {
    if (messageFormat != BATCH_FORMAT) {
      return List.of(incoming(transfer));
    }
    var decoder = new DecoderImpl();
    AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
    ByteBuffer bytes = ByteBuffer.wrap(transfer);
    decoder.setByteBuffer(bytes);
    var messages = new ArrayList<IncomingMessage>();
    try {
      while (bytes.hasRemaining()) {
        if (decoder.readObject() instanceof Data section) {
          messages.add(incoming(bytes(section.getValue())));
        }
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a batch of AMQP messages", e);
    }
    return messages;
  }

  /**
   * One message with what the queue needs to know of it.
   *
   * @throws IllegalArgumentException when the bytes are not AMQP
   */
  static IncomingMessage incoming(byte[] encoded) {
    Message message = decode(encoded);
    Object id = message.getMessageId();
    MessageAnnotations annotations = message.getMessageAnnotations();
    Object scheduled = annotations == null ? null : annotations.getValue().get(SCHEDULED_TIME);
    return new IncomingMessage(
        encoded,
        id == null ? null : id.toString(),
        message.getTtl() == 0 ? null : Duration.ofMillis(message.getTtl()),
        scheduled instanceof Date date ? date.toInstant() : null);
  }

  /** The message as a receiver gets it, with its header and the broker's annotations. */
  static Message delivery(StoredMessage stored) {
    Message message = decode(stored.encoded);
    var header = new Header();
    header.setDurable(true);
    header.setPriority(UnsignedByte.valueOf((byte) message.getPriority()));
    header.setDeliveryCount(UnsignedInteger.valueOf(stored.failedDeliveries));
    if (message.getTtl() != 0) {
      header.setTtl(UnsignedInteger.valueOf(message.getTtl()));
    }
    message.setHeader(header);
    message.setDeliveryAnnotations(null);
    MessageAnnotations sent = message.getMessageAnnotations();
    Map<Symbol, Object> annotations = sent == null ? new HashMap<>() : sent.getValue();
    annotations.put(SEQUENCE_NUMBER, stored.sequence);
    annotations.put(ENQUEUED_TIME, Date.from(stored.enqueuedAt));
    annotations.put(MESSAGE_STATE, stateNumber(stored.place));
    if (stored.place instanceof Place.Locked lock) {
      annotations.put(LOCKED_UNTIL, Date.from(lock.until()));
    }
    message.setMessageAnnotations(new MessageAnnotations(annotations));
    return message;
  }

  /** The message with the reason and description that its dead-letter copy carries. */
  static byte[] deadLettered(byte[] encoded, Settlement.DeadLetter letter) {
    var properties = new LinkedHashMap<String, Object>(letter.properties());
    if (letter.reason() != null) {
      properties.put("DeadLetterReason", letter.reason());
    }
    if (letter.description() != null) {
      properties.put("DeadLetterErrorDescription", letter.description());
    }
    return withProperties(encoded, properties);
  }

  /** The message with application properties added or replaced. */
  static byte[] withProperties(byte[] encoded, Map<String, Object> properties) {
    Message message = decode(encoded);
    ApplicationProperties sent = message.getApplicationProperties();
    var all = new LinkedHashMap<String, Object>(sent == null ? Map.of() : sent.getValue());
    all.putAll(properties);
    message.setApplicationProperties(new ApplicationProperties(all));
    return encode(message);
  }

  static byte[] encode(Message message) {
    for (int size = 4096; ; size *= 4) {
      try {
        byte[] bytes = new byte[size];
        int length = message.encode(bytes, 0, size);
        return Arrays.copyOf(bytes, length);
      } catch (BufferOverflowException tooSmall) {
        // The encoder cannot tell the size beforehand: try the next larger buffer.
      }
    }
  }

  static byte[] bytes(Binary binary) {
    return Arrays.copyOfRange(
        binary.getArray(), binary.getArrayOffset(), binary.getArrayOffset() + binary.getLength());
  }

  private static Message decode(byte[] encoded) {
    Message message = Message.Factory.create();
    try {
      message.decode(encoded, 0, encoded.length);
    } catch (RuntimeException e) {
      // The codec throws whatever it stumbles over: class casts, buffer ends, its own.
      throw new IllegalArgumentException("not an AMQP message", e);
    }
    return message;
  }

  // 0 active, 1 deferred, 2 scheduled: ServiceBusMessageState of the SDK.
  private static int stateNumber(Place place) {
    return switch (place) {
      case Place.Active() -> 0;
      case Place.Locked lock -> lock.deferred() ? 1 : 0;
      case Place.Deferred() -> 1;
      case Place.Scheduled scheduled -> 2;
    };
  }
}
