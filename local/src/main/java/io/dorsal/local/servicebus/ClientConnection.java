package io.dorsal.local.servicebus;

import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** One client's connection: opens its links and answers its requests. */
final class ClientConnection {

  private static final String TOKENS = "$cbs";
  private static final String MANAGEMENT = "/$management";

  private final Broker broker;
  private final List<RecipientLink> recipients = new ArrayList<>();
  private final Map<String, ProtonSender> replyLinks = new HashMap<>();

  private ClientConnection(Broker broker) {
    this.broker = broker;
  }

  /** Serves a connection until it ends. */
  static void serve(ProtonConnection connection, Broker broker) {
    var client = new ClientConnection(broker);
    connection.setContainer("dorsal-service-bus");
    connection.openHandler(opened -> connection.open());
    connection.sessionOpenHandler(client::openSession);
    connection.senderOpenHandler(client::openForReceiving);
    connection.receiverOpenHandler(client::openForSending);
    connection.closeHandler(
        closed -> {
          client.leaveAll();
          connection.close();
          connection.disconnect();
        });
    connection.disconnectHandler(lost -> client.leaveAll());
  }

  private void openSession(ProtonSession session) {
    session.closeHandler(
        closed -> {
          recipients.removeIf(recipient -> recipient.leaveIf(link -> link.getSession() == session));
          session.close();
          session.free();
        });
    session.open();
  }

  private void openForReceiving(ProtonSender sender) {
    String address =
        sender.getRemoteSource() == null ? null : sender.getRemoteSource().getAddress();
    MessageQueue queue = address == null ? null : queueOf(address);
    boolean replies = address != null && (address.equals(TOKENS) || address.endsWith(MANAGEMENT));
    if (queue == null && !TOKENS.equals(address)) {
      refuse(sender, address);
      return;
    }
    sender.setSource(sender.getRemoteSource());
    sender.setTarget(sender.getRemoteTarget());
    sender.setMaxMessageSize(UnsignedLong.valueOf(IncomingLink.MAX_MESSAGE_SIZE));
    sender.closeHandler(closed -> leave(sender));
    sender.detachHandler(detached -> leave(sender));
    if (replies || queue == null) {
      replyLinks.put(replyAddress(sender), sender);
      sender.open();
    } else {
      recipients.add(RecipientLink.open(sender, queue, broker));
    }
  }

  private void openForSending(ProtonReceiver receiver) {
    // A transaction coordinator has no address: it is refused like an unknown queue.
    String address =
        receiver.getRemoteTarget() == null ? null : receiver.getRemoteTarget().getAddress();
    MessageQueue queue = address == null ? null : queueOf(address);
    if (TOKENS.equals(address)) {
      openForRequests(receiver, ClientConnection::acceptToken);
    } else if (queue == null || address == null) {
      refuse(receiver, address);
    } else if (address.endsWith(MANAGEMENT)) {
      openForRequests(receiver, new ManagementNode(queue, broker)::answer);
    } else {
      IncomingLink.open(receiver, queue, broker);
    }
  }

  private void openForRequests(ProtonReceiver receiver, UnaryOperator<Message> service) {
    receiver.setSource(receiver.getRemoteSource());
    receiver.setTarget(receiver.getRemoteTarget());
    receiver.setMaxMessageSize(UnsignedLong.valueOf(IncomingLink.MAX_MESSAGE_SIZE));
    receiver.closeHandler(closed -> receiver.close().free());
    receiver.detachHandler(detached -> receiver.close().free());
    receiver.handler(
        (delivery, request) -> {
          Message response = service.apply(request);
          broker.turn().afterCommit(() -> reply(request.getReplyTo(), response));
        });
    receiver.open();
  }

  private void reply(@Nullable String replyTo, Message response) {
    ProtonSender link = replyLinks.get(replyTo);
    if (link != null && link.isOpen()) {
      link.send(response);
    }
  }

  private static Message acceptToken(Message request) {
    // Any key will do: the stand-in listens on the loopback address alone.
    Message response = Message.Factory.create();
    response.setCorrelationId(request.getMessageId());
    response.setApplicationProperties(
        new ApplicationProperties(
            new HashMap<>(Map.of("status-code", 202, "status-description", "Accepted"))));
    response.setBody(new AmqpValue(null));
    return response;
  }

  private @Nullable MessageQueue queueOf(String address) {
    boolean management = address.endsWith(MANAGEMENT);
    return broker.find(
        management ? address.substring(0, address.length() - MANAGEMENT.length()) : address);
  }

  private static String replyAddress(ProtonSender sender) {
    String target = sender.getRemoteTarget() == null ? null : sender.getRemoteTarget().getAddress();
    return target == null ? sender.getRemoteSource().getAddress() : target;
  }

  // AMQP 1.0, 2.6.3: a refused attach is answered by an attach without a terminus and a detach.
  private static <T extends ProtonLink<T>> void refuse(T link, @Nullable String address) {
    link.setMaxMessageSize(UnsignedLong.valueOf(IncomingLink.MAX_MESSAGE_SIZE));
    link.open();
    link.setCondition(refusal(address));
    link.close();
  }

  private static ErrorCondition refusal(@Nullable String address) {
    Symbol condition = address == null ? AmqpErrors.NOT_IMPLEMENTED : AmqpErrors.NOT_FOUND;
    return new ErrorCondition(
        condition,
        address == null
            ? "Transactions are not served."
            : "The messaging entity '" + address + "' could not be found.");
  }

  private void leave(ProtonSender sender) {
    recipients.removeIf(recipient -> recipient.leaveIf(link -> link == sender));
    replyLinks.remove(replyAddress(sender), sender);
    sender.close().free();
  }

  private void leaveAll() {
    recipients.forEach(RecipientLink::leave);
    recipients.clear();
    replyLinks.clear();
  }
}
