package io.dorsal.local.servicebus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.work.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What Dorsal relies on of Service Bus, seen through the unmodified Azure SDK. Each test has a
 * queue of its own, named after the test; whoever implements the contract serves {@link
 * #queues(Duration)}.
 */
abstract class ServiceBusContract {

  static final int MAX_DELIVERIES = 3;

  private final List<AutoCloseable> clients = new ArrayList<>();
  private String queue = "";

  /** A connection string of the service under test, which serves {@link #queues(Duration)}. */
  abstract String connectionString();

  /** How long a lock holds on the short-locked queues. */
  abstract Duration shortLock();

  /** The queues that the tests use: one per test method. */
  static List<QueueSettings> queues(Duration shortLock) {
    return Stream.of(ServiceBusContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(
            method ->
                new QueueSettings(
                    queueName(method.getName()),
                    method.getName().contains("Lock") ? shortLock : Duration.ofMinutes(1),
                    MAX_DELIVERIES,
                    Duration.ofMinutes(1)))
        .toList();
  }

  @BeforeEach
  void nameQueue(TestInfo test) {
    queue = queueName(test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void closeClients() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
  }

  @Test
  void sentMessageArrivesWholeAndIsGoneOnceCompleted() {
    var message = new ServiceBusMessage("käse").setMessageId("m-1").setContentType("text/plain");
    message.setCorrelationId("trace").setSubject("scan").getApplicationProperties().put("n", 7);
    sender().sendMessage(message);

    var receiver = receiver();
    var received = one(receiver);

    assertThat(received.getBody().toString()).isEqualTo("käse");
    assertThat(received.getMessageId()).isEqualTo("m-1");
    assertThat(received.getContentType()).isEqualTo("text/plain");
    assertThat(received.getCorrelationId()).isEqualTo("trace");
    assertThat(received.getSubject()).isEqualTo("scan");
    assertThat(received.getApplicationProperties()).containsEntry("n", 7);
    assertThat(received.getDeliveryCount()).isZero();
    assertThat(received.getSequenceNumber()).isPositive();
    assertThat(received.getEnqueuedTime().toInstant())
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    assertThat(received.getLockedUntil().toInstant()).isAfter(Instant.now());
    receiver.complete(received);
    assertThat(receiver.peekMessage(0)).isNull();
  }

  @Test
  void messagesComeInTheOrderSent() {
    sendNumbered(20);

    assertThat(bodies(take(receiver(), 20))).isEqualTo(numbers(20));
  }

  @Test
  void batchArrivesAsItsMessages() {
    var sender = sender();
    ServiceBusMessageBatch batch = sender.createMessageBatch();
    for (String number : numbers(25)) {
      assertThat(batch.tryAddMessage(new ServiceBusMessage(number).setMessageId("b" + number)))
          .isTrue();
    }
    sender.sendMessages(batch);

    var received = take(receiver(), 25);

    assertThat(bodies(received)).isEqualTo(numbers(25));
    assertThat(received).extracting(ServiceBusReceivedMessage::getMessageId).contains("b24");
  }

  @Test
  void receiveAndDeleteLeavesNothingBehind() {
    sendNumbered(3);

    var receiver =
        keep(
            client()
                .receiver()
                .queueName(queue)
                .receiveMode(ServiceBusReceiveMode.RECEIVE_AND_DELETE)
                .buildClient());

    assertThat(bodies(take(receiver, 3))).isEqualTo(numbers(3));
    assertThat(receiver.peekMessage(0)).isNull();
  }

  @Test
  void expiredLockRedeliversAndCounts() {
    sendNumbered(1);
    var first = receiver();
    var late = one(first);

    var again = one(receiver());

    assertThat(again.getDeliveryCount()).isEqualTo(1);
    assertThat(again.getSequenceNumber()).isEqualTo(late.getSequenceNumber());
    assertThat(again.getLockToken()).isNotEqualTo(late.getLockToken());
    assertThat(again.getEnqueuedTime()).isEqualTo(late.getEnqueuedTime());
    assertThatThrownBy(() -> first.complete(late))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e -> assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
  }

  @Test
  void renewedLockKeepsTheMessage() throws InterruptedException {
    sendNumbered(1);
    var holder = receiver();
    var held = one(holder);
    Instant end = Instant.now().plus(shortLock().multipliedBy(2));
    while (Instant.now().isBefore(end)) {
      Thread.sleep(shortLock().dividedBy(4));
      assertThat(holder.renewMessageLock(held).toInstant()).isAfter(Instant.now());
    }

    assertThat(receiver().receiveMessages(1, Duration.ofMillis(300))).isEmpty();
    holder.complete(held);
    assertThat(holder.peekMessage(0)).isNull();
  }

  @Test
  void lostLockCannotBeRenewed() throws InterruptedException {
    sendNumbered(1);
    var receiver = receiver();
    var held = one(receiver);
    Thread.sleep(shortLock().plusMillis(500));

    assertThatThrownBy(() -> receiver.renewMessageLock(held))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e -> assertThat(e.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
  }

  @Test
  void closedReceiversLockHoldsUntilItExpires() {
    sendNumbered(1);
    var closing = receiver();
    var held = one(closing);
    closing.close();

    var received = one(receiver());

    assertThat(Instant.now()).isAfterOrEqualTo(held.getLockedUntil().toInstant().minusMillis(100));
    assertThat(received.getDeliveryCount()).isEqualTo(1);
  }

  @Test
  void abandonedMessageReturnsAtOnceWithItsProperties() {
    sendNumbered(2);
    var receiver = receiver();
    receiver.abandon(
        one(receiver), new AbandonOptions().setPropertiesToModify(Map.of("why", "busy")));

    var again = one(receiver);

    assertThat(again.getBody().toString()).isEqualTo("0");
    assertThat(again.getDeliveryCount()).isEqualTo(1);
    assertThat(again.getApplicationProperties()).containsEntry("why", "busy");
  }

  @Test
  void tooManyDeliveriesEndInTheDeadLetterQueue() {
    sendNumbered(1);
    var receiver = receiver();
    for (int i = 0; i < MAX_DELIVERIES; i++) {
      receiver.abandon(one(receiver));
    }

    var dead = one(deadLetters());

    assertThat(dead.getBody().toString()).isEqualTo("0");
    assertThat(dead.getDeadLetterReason()).isEqualTo("MaxDeliveryCountExceeded");
    assertThat(dead.getDeadLetterErrorDescription()).contains("" + MAX_DELIVERIES);
    assertThat(receiver.peekMessage(0)).isNull();
  }

  @Test
  void deadLetterCarriesReasonDescriptionAndProperties() {
    sendNumbered(1);
    var receiver = receiver();
    receiver.deadLetter(
        one(receiver),
        new DeadLetterOptions()
            .setDeadLetterReason("BAD_REQUEST")
            .setDeadLetterErrorDescription("no container")
            .setPropertiesToModify(Map.of("attempt", 1)));
    var deadLetters = deadLetters();

    assertThat(deadLetters.peekMessage(0).getDeadLetterReason()).isEqualTo("BAD_REQUEST");
    var dead = one(deadLetters);
    assertThat(dead.getDeadLetterReason()).isEqualTo("BAD_REQUEST");
    assertThat(dead.getDeadLetterErrorDescription()).isEqualTo("no container");
    assertThat(dead.getApplicationProperties()).containsEntry("attempt", 1);
    deadLetters.complete(dead);
    assertThat(deadLetters.peekMessage(0)).isNull();
    assertThat(receiver.peekMessage(0)).isNull();
  }

  @Test
  void secondMessageWithAnIdIsDropped() {
    var sender = sender();
    sender.sendMessage(new ServiceBusMessage("first").setMessageId("same"));
    sender.sendMessage(new ServiceBusMessage("second").setMessageId("same"));
    sender.sendMessage(new ServiceBusMessage("other").setMessageId("other"));
    var receiver = receiver();
    var received = take(receiver, 2);
    received.forEach(receiver::complete);
    sender.sendMessage(new ServiceBusMessage("third").setMessageId("same"));

    assertThat(bodies(received)).containsExactly("first", "other");
    assertThat(receiver.peekMessage(0)).isNull();
  }

  @Test
  void scheduledMessageArrivesAtItsTime() {
    OffsetDateTime due = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(2);
    long sequence = sender().scheduleMessage(new ServiceBusMessage("later"), due);
    var receiver = receiver();
    assertThat(receiver.peekMessage(0).getSequenceNumber()).isEqualTo(sequence);
    assertThat(receiver.receiveMessages(1, Duration.ofMillis(500))).isEmpty();

    var received = one(receiver);

    assertThat(Instant.now()).isAfterOrEqualTo(due.toInstant().minusMillis(100));
    assertThat(received.getBody().toString()).isEqualTo("later");
  }

  @Test
  void messageSentWithAScheduleWaitsForIt() {
    OffsetDateTime due = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(2);
    var sender = sender();
    sender.sendMessage(new ServiceBusMessage("later").setScheduledEnqueueTime(due));
    sender.sendMessage(new ServiceBusMessage("now"));

    var received = take(receiver(), 2);

    assertThat(bodies(received)).containsExactly("now", "later");
    assertThat(Instant.now()).isAfterOrEqualTo(due.toInstant().minusMillis(100));
  }

  @Test
  void cancelledScheduleNeverArrives() {
    var sender = sender();
    OffsetDateTime due = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(1);
    long sequence = sender.scheduleMessage(new ServiceBusMessage("cancelled"), due);
    sender.cancelScheduledMessage(sequence);
    sender.scheduleMessage(new ServiceBusMessage("kept"), due);

    assertThat(bodies(take(receiver(), 1))).containsExactly("kept");
  }

  @Test
  void peekNeitherRemovesNorReserves() {
    sendNumbered(5);
    var receiver = receiver();

    var peeked = receiver.peekMessages(3, 0).stream().toList();
    var fromThere = receiver.peekMessages(10, peeked.get(2).getSequenceNumber()).stream().toList();

    assertThat(bodies(peeked)).containsExactly("0", "1", "2");
    assertThat(bodies(fromThere)).containsExactly("2", "3", "4");
    assertThat(bodies(take(receiver(), 5))).isEqualTo(numbers(5));
  }

  @Test
  void deferredMessageComesByItsNumberOnly() {
    sendNumbered(2);
    var receiver = receiver();
    var first = one(receiver);
    receiver.defer(first);
    assertThat(bodies(take(receiver, 1))).containsExactly("1");

    var deferred = receiver.receiveDeferredMessage(first.getSequenceNumber());

    assertThat(deferred.getBody().toString()).isEqualTo("0");
    receiver.complete(deferred);
    assertThat(receiver.peekMessages(10, 0).stream().toList()).hasSize(1);
  }

  @Test
  void messagePastItsLifeIsDropped() throws InterruptedException {
    var sender = sender();
    sender.sendMessage(new ServiceBusMessage("short").setTimeToLive(Duration.ofSeconds(1)));
    Thread.sleep(1500);
    sender.sendMessage(new ServiceBusMessage("long").setTimeToLive(Duration.ofMinutes(1)));

    assertThat(bodies(take(receiver(), 1))).containsExactly("long");
  }

  @Test
  void competingReceiversShareTheWork() throws Exception {
    int each = 40;
    var counts = new ConcurrentHashMap<Integer, Integer>();
    var receivers = IntStream.range(0, 3).mapToObj(i -> receiver()).toList();
    var threads = new ArrayList<Thread>();
    // Who connects last must not find the work done.
    sendNumbered(receivers.size());
    receivers.forEach(receiver -> receiver.complete(one(receiver)));
    sendNumbered(3 * each);
    for (int i = 0; i < receivers.size(); i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual().start(() -> counts.put(number, completeAll(receivers.get(number)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3 * each);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(15, 80));
  }

  @Test
  void prefetchingProcessorSettlesEverything() throws InterruptedException {
    int count = 200;
    sendNumbered(count);
    var done = new CountDownLatch(count);
    var processor =
        client()
            .processor()
            .queueName(queue)
            .prefetchCount(50)
            .maxConcurrentCalls(8)
            .processMessage(context -> done.countDown())
            .processError(error -> {})
            .buildProcessorClient();
    keep(processor);
    processor.start();

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    // It settles after its handler returned, and a stop would cut that off.
    var receiver = receiver();
    Instant patience = Instant.now().plusSeconds(20);
    while (receiver.peekMessage(0) != null && Instant.now().isBefore(patience)) {
      Thread.sleep(50);
    }
    assertThat(receiver.peekMessage(0)).isNull();
    processor.stop();
  }

  @Test
  void unknownQueueIsNotFound() {
    var sender = keep(client().sender().queueName("nobody-declared-me").buildClient());

    assertThatThrownBy(() -> sender.sendMessage(new ServiceBusMessage("lost")))
        .isInstanceOfSatisfying(
            ServiceBusException.class,
            e ->
                assertThat(e.getReason())
                    .isEqualTo(ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND));
  }

  private static int completeAll(ServiceBusReceiverClient receiver) {
    int completed = 0;
    while (true) {
      var received = receiver.receiveMessages(5, Duration.ofMillis(700)).stream().toList();
      if (received.isEmpty()) {
        return completed;
      }
      received.forEach(receiver::complete);
      completed += received.size();
    }
  }

  // Queue names are limited to what the official emulator takes: lower case and dashes, short.
  private static String queueName(String method) {
    String name = method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return name.substring(0, Math.min(50, name.length()));
  }

  private void sendNumbered(int count) {
    sender().sendMessages(numbers(count).stream().map(ServiceBusMessage::new).toList());
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static List<String> bodies(List<ServiceBusReceivedMessage> messages) {
    return messages.stream().map(message -> message.getBody().toString()).toList();
  }

  private static ServiceBusReceivedMessage one(ServiceBusReceiverClient receiver) {
    return take(receiver, 1).getFirst();
  }

  private static List<ServiceBusReceivedMessage> take(
      ServiceBusReceiverClient receiver, int count) {
    var taken = new ArrayList<ServiceBusReceivedMessage>();
    Instant patience = Instant.now().plusSeconds(20);
    while (taken.size() < count && Instant.now().isBefore(patience)) {
      receiver.receiveMessages(count - taken.size(), Duration.ofSeconds(10)).forEach(taken::add);
    }
    assertThat(taken).hasSize(count);
    return taken;
  }

  private ServiceBusSenderClient sender() {
    return keep(client().sender().queueName(queue).buildClient());
  }

  private ServiceBusReceiverClient receiver() {
    return keep(
        client()
            .receiver()
            .queueName(queue)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient());
  }

  private ServiceBusReceiverClient deadLetters() {
    return keep(
        client().receiver().queueName(queue).subQueue(SubQueue.DEAD_LETTER_QUEUE).buildClient());
  }

  private ServiceBusClientBuilder client() {
    return new ServiceBusClientBuilder()
        .connectionString(connectionString())
        .retryOptions(
            new AmqpRetryOptions().setTryTimeout(Duration.ofSeconds(10)).setMaxRetries(2));
  }

  private <T extends AutoCloseable> T keep(T client) {
    clients.add(client);
    return client;
  }
}
