package io.dorsal.local.servicebus;

import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonSender;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.jspecify.annotations.Nullable;

/** A link on which a client receives from a queue and settles what it received. */
final class RecipientLink implements Recipient {

  private final ProtonSender sender;
  private final MessageQueue queue;
  private final Broker broker;
  private int reserved;
  private boolean gone;

  private RecipientLink(ProtonSender sender, MessageQueue queue, Broker broker) {
    this.sender = sender;
    this.queue = queue;
    this.broker = broker;
  }

  /** Opens a link that a client asks for; it gets messages as soon as it gives credit. */
  static RecipientLink open(ProtonSender sender, MessageQueue queue, Broker broker) {
    var link = new RecipientLink(sender, queue, broker);
    sender.setAutoSettle(false);
    sender.setAutoDrained(false);
    sender.open();
    queue.add(link);
    sender.sendQueueDrainHandler(credited -> broker.turn().afterCommit(link::drain));
    return link;
  }

  /** Leaves the queue. Locks given out stay until they run out, as in the real service. */
  void leave() {
    gone = true;
    queue.remove(this);
  }

  /** Leaves the queue when the link is one of those meant; returns whether it was. */
  boolean leaveIf(Predicate<ProtonSender> meant) {
    if (!meant.test(sender)) {
      return false;
    }
    leave();
    return true;
  }

  @Override
  public boolean hasCredit() {
    return !gone && sender.getRemoteCredit() > reserved;
  }

  @Override
  public boolean deletesOnReceive() {
    return sender.getQoS() == ProtonQoS.AT_MOST_ONCE;
  }

  @Override
  public void reserve() {
    reserved++;
  }

  @Override
  public boolean send(StoredMessage message, @Nullable UUID token) {
    reserved--;
    if (gone || !sender.isOpen()) {
      return false;
    }
    if (token == null) {
      sender.send(LockToken.deliveryTag(UUID.randomUUID()), AmqpMessages.delivery(message));
    } else {
      sender.send(
          LockToken.deliveryTag(token),
          AmqpMessages.delivery(message),
          delivery -> settle(delivery, token));
    }
    drain();
    return true;
  }

  private void drain() {
    if (!gone && sender.getDrain() && reserved == 0) {
      sender.drained();
    }
  }

  private void settle(ProtonDelivery delivery, UUID token) {
    DeliveryState state = delivery.getRemoteState();
    if (state == null || delivery.isSettled()) {
      return;
    }
    Settlement settlement = settlement(state);
    DeliveryState answer =
        settlement == null
            ? AmqpErrors.rejected(AmqpErrors.NOT_IMPLEMENTED, "no transactions here")
            : answer(state, queue.settle(token, settlement, broker.now()));
    broker.turn().afterCommit(() -> delivery.disposition(answer, true));
  }

  private static DeliveryState answer(DeliveryState asked, Settlement.Result result) {
    return switch (result) {
      case SETTLED -> asked;
      case LOCK_LOST -> AmqpErrors.rejected(AmqpErrors.LOCK_LOST, AmqpErrors.LOCK_LOST_TEXT);
      case NOT_ALLOWED ->
          AmqpErrors.rejected(AmqpErrors.NOT_ALLOWED, "a dead letter stays a dead letter");
    };
  }

  private static @Nullable Settlement settlement(DeliveryState state) {
    return switch (state) {
      case Accepted accepted -> new Settlement.Complete();
      case Released released -> new Settlement.Release();
      case Modified modified -> {
        var properties = properties(modified.getMessageAnnotations());
        yield Boolean.TRUE.equals(modified.getUndeliverableHere())
            ? new Settlement.Defer(properties)
            : new Settlement.Abandon(properties);
      }
      case Rejected rejected -> {
        Map<String, Object> properties =
            properties(rejected.getError() == null ? null : rejected.getError().getInfo());
        yield new Settlement.DeadLetter(
            text(properties.remove("DeadLetterReason")),
            text(properties.remove("DeadLetterErrorDescription")),
            properties);
      }
      default -> null;
    };
  }

  private static Map<String, Object> properties(@Nullable Map<?, ?> sent) {
    var properties = new LinkedHashMap<String, Object>();
    if (sent != null) {
      sent.forEach((key, value) -> properties.put(key.toString(), value));
    }
    return properties;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
