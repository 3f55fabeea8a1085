package io.dorsal.local.servicebus;

import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import io.vertx.proton.impl.ProtonReceiverImpl;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.List;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;

/**
 * A link on which a client sends messages to a queue. It reads transfers as bytes, because
 * vertx-proton decodes a transfer into one message and so loses all but the first of a batch.
 */
final class IncomingLink extends ProtonReceiverImpl {

  /** Service Bus' standard tier takes messages and batches up to 256 KiB. */
  static final int MAX_MESSAGE_SIZE = 256 * 1024;

  // Clients on this machine: enough for a pipelining sender never to wait for credit.
  private static final int CREDIT = 1000;

  private final Receiver engine;
  private final MessageQueue queue;
  private final Broker broker;

  private IncomingLink(Receiver link, MessageQueue queue, Broker broker) {
    super(link); // takes the place of the receiver vertx-proton made for the link
    this.engine = link;
    this.queue = queue;
    this.broker = broker;
  }

  /** Opens a link that a client asks for; messages on it go to the queue. */
  static void open(ProtonReceiver requested, MessageQueue queue, Broker broker) {
    var incoming = new IncomingLink(engineLink(requested), queue, broker);
    incoming.setTarget(requested.getRemoteTarget());
    incoming.setSource(requested.getRemoteSource());
    incoming.setMaxMessageSize(UnsignedLong.valueOf(MAX_MESSAGE_SIZE));
    incoming.setPrefetch(0);
    incoming.closeHandler(closed -> incoming.close().free());
    incoming.detachHandler(detached -> incoming.close().free());
    incoming.open();
    incoming.flow(CREDIT);
  }

  @Override
  public void onDelivery() {
    Delivery delivery = engine.current();
    if (delivery == null || (delivery.isPartial() && !delivery.isAborted())) {
      return;
    }
    ReadableBuffer received = engine.recv();
    byte[] transfer = new byte[received == null ? 0 : received.remaining()];
    if (received != null) {
      received.get(transfer);
    }
    engine.advance();
    var answer = new ProtonDeliveryImpl(delivery);
    if (delivery.isAborted()) {
      answer.settle();
    } else if (transfer.length > MAX_MESSAGE_SIZE) {
      answer.disposition(
          AmqpErrors.rejected(AmqpErrors.TOO_LARGE, "more than " + MAX_MESSAGE_SIZE + " bytes"),
          true);
    } else {
      enqueue(transfer, delivery.getMessageFormat(), answer);
    }
    flow(1);
  }

  private void enqueue(byte[] transfer, int messageFormat, ProtonDeliveryImpl answer) {
    List<IncomingMessage> messages;
    try {
      messages = AmqpMessages.unpack(transfer, messageFormat);
    } catch (IllegalArgumentException e) {
      answer.disposition(AmqpErrors.rejected(AmqpErrors.DECODE_ERROR, "not an AMQP message"), true);
      return;
    }
    Instant now = broker.now();
    messages.forEach(message -> queue.enqueue(message, now));
    broker.turn().afterCommit(() -> answer.disposition(Accepted.getInstance(), true));
  }

  private static Receiver engineLink(ProtonReceiver requested) {
    try {
      Field link = ProtonReceiverImpl.class.getSuperclass().getDeclaredField("link");
      link.setAccessible(true);
      return (Receiver) link.get(requested);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not the vertx-proton this was written for", e);
    }
  }
}
