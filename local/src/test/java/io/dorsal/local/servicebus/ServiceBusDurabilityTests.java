package io.dorsal.local.servicebus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.AmqpRetryMode;
import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import io.dorsal.local.servicebus.ServiceBusState.QueueDepth;
import io.dorsal.work.QueueSettings;
import io.dorsal.work.Queues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after SIGKILL, and whether clients go on by themselves. */
class ServiceBusDurabilityTests {

  private static final String QUEUE = Queues.SCAN_PARTITIONS;

  @TempDir private Path directory = Path.of("");
  private final List<AutoCloseable> closing = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : closing.reversed()) {
      each.close();
    }
  }

  @Test
  void killKeepsMessagesLocksCountsSchedulesAndIds() throws Exception {
    var first = start(0, "PT4S");
    var sender = sender(first.port());
    var receiver = receiver(first.port());
    sender.sendMessages(IntStream.range(0, 50).mapToObj(i -> message("m" + i)).toList());
    sender.scheduleMessage(message("later"), OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(8));
    receiver.complete(one(receiver, "m0"));
    receiver.deadLetter(one(receiver, "m1"));
    receiver.abandon(one(receiver, "m2"));
    ServiceBusReceivedMessage held = one(receiver, "m2");

    first.kill();
    assertThat(depth()).isEqualTo(new QueueDepth(47, 1, 1, 0, 1));
    closing.add(ServiceBusProcess.start(first.port(), data(), "PT4S"));

    sender.sendMessage(message("m0"));
    sender.sendMessage(message("new"));
    Map<String, ServiceBusReceivedMessage> received = completeAll(receiver, 50);
    assertThat(received).hasSize(50).containsKeys("m49", "new", "later").doesNotContainKey("m0");
    ServiceBusReceivedMessage again = requireNonNull(received.get("m2"));
    assertThat(again.getDeliveryCount()).isEqualTo(2);
    assertThat(again.getSequenceNumber()).isEqualTo(held.getSequenceNumber());
    assertThat(requireNonNull(received.get("m3")).getDeliveryCount()).isZero();
    assertThat(requireNonNull(received.get("new")).getSequenceNumber()).isGreaterThan(51);
    assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 0, 0, 1));
  }

  @Test
  void lockTakenBeforeTheKillSettlesAfterIt() throws Exception {
    var first = start(0, "PT30S");
    sender(first.port()).sendMessage(message("held"));
    var receiver = receiver(first.port());
    ServiceBusReceivedMessage held = one(receiver, "held");

    first.kill();
    closing.add(ServiceBusProcess.start(first.port(), data(), "PT30S"));

    assertThat(receiver.renewMessageLock(held).toInstant()).isAfter(Instant.now());
    receiver.complete(held);
    assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 0, 0, 0));
  }

  @Test
  void nothingAcknowledgedIsLostWhenKilledWhileSending() throws Exception {
    var server = start(0, "PT10S");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    var stop = new AtomicBoolean();
    var sender = sender(server.port());
    Thread sending =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !stop.get(); i++) {
                    sendOnce(sender, "k" + i, acknowledged);
                  }
                });
    for (int kill = 0; kill < 3; kill++) {
      awaitMore(acknowledged);
      server.kill();
      server = start(server.port(), "PT10S");
    }
    awaitMore(acknowledged);
    stop.set(true);
    sending.join();

    Set<String> received = completeAll(receiver(server.port()), acknowledged.size()).keySet();

    assertThat(received).containsAll(acknowledged);
    assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 0, 0, 0));
  }

  /** Waits until ten more were acknowledged, so that each kill meets a sender at work. */
  private static void awaitMore(Set<String> acknowledged) throws InterruptedException {
    int enough = acknowledged.size() + 10;
    Instant end = Instant.now().plusSeconds(60);
    while (acknowledged.size() < enough) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
  }

  @Test
  void sigtermEndsTheProcessAndASecondServerOnTheFileIsRefused() throws Exception {
    var server = start(0, "PT10S");
    assertThatThrownBy(() -> ServiceBusServer.start(0, data(), QueueSettings.declared()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another");
    sender(server.port()).sendMessage(message("kept"));

    assertThat(server.stop()).isTrue();

    assertThat(depth()).isEqualTo(new QueueDepth(1, 0, 0, 0, 0));
  }

  @Test
  void tenThousandQueuedMessagesDoNotSlowItDown() throws Exception {
    var server = start(0, "PT1M");
    var sender = sender(server.port());
    Instant start = Instant.now();
    for (int batch = 0; batch < 20; batch++) {
      int from = batch * 500;
      sender.sendMessages(
          IntStream.range(from, from + 500).mapToObj(i -> message("t" + i)).toList());
    }
    Duration sent = Duration.between(start, Instant.now());
    start = Instant.now();
    Map<String, ServiceBusReceivedMessage> received = completeAll(receiver(server.port()), 2_000);
    Duration completed = Duration.between(start, Instant.now());

    assertThat(received).hasSizeBetween(2_000, 10_000);
    assertThat(sent).isLessThan(Duration.ofSeconds(10));
    assertThat(completed).isLessThan(Duration.ofSeconds(15));
  }

  private static void sendOnce(ServiceBusSenderClient sender, String id, Set<String> acknowledged) {
    try {
      sender.sendMessage(message(id));
      acknowledged.add(id);
    } catch (ServiceBusException lost) {
      // Not acknowledged: it may have arrived or not.
    }
  }

  /** Completes messages until so many came; ids must not repeat. */
  private static Map<String, ServiceBusReceivedMessage> completeAll(
      ServiceBusReceiverClient receiver, int count) {
    var received = new HashMap<String, ServiceBusReceivedMessage>();
    Instant patience = Instant.now().plusSeconds(30);
    while (received.size() < count && Instant.now().isBefore(patience)) {
      for (var message : receiver.receiveMessages(100, Duration.ofSeconds(2))) {
        receiver.complete(message);
        assertThat(received.put(message.getMessageId(), message)).isNull();
      }
    }
    return received;
  }

  private static ServiceBusMessage message(String id) {
    return new ServiceBusMessage("{\"id\":\"" + id + "\"}").setMessageId(id);
  }

  private static ServiceBusReceivedMessage one(ServiceBusReceiverClient receiver, String id) {
    var message = receiver.receiveMessages(1, Duration.ofSeconds(10)).stream().toList();
    assertThat(message).extracting(ServiceBusReceivedMessage::getMessageId).containsExactly(id);
    return message.getFirst();
  }

  private ServiceBusProcess start(int port, String lockDuration) throws IOException {
    var process = ServiceBusProcess.start(port, data(), lockDuration);
    closing.add(process);
    return process;
  }

  private ServiceBusSenderClient sender(int port) {
    var sender = client(port).sender().queueName(QUEUE).buildClient();
    closing.add(sender);
    return sender;
  }

  private ServiceBusReceiverClient receiver(int port) {
    var receiver =
        client(port)
            .receiver()
            .queueName(QUEUE)
            .disableAutoComplete()
            .maxAutoLockRenewDuration(Duration.ZERO)
            .buildClient();
    closing.add(receiver);
    return receiver;
  }

  private static ServiceBusClientBuilder client(int port) {
    return new ServiceBusClientBuilder()
        .connectionString(ServiceBusServer.connectionString(port))
        .retryOptions(
            new AmqpRetryOptions()
                .setMode(AmqpRetryMode.FIXED)
                .setDelay(Duration.ofMillis(300))
                .setTryTimeout(Duration.ofSeconds(10))
                .setMaxRetries(10));
  }

  private QueueDepth depth() {
    return ServiceBusState.read(data()).queue(QUEUE);
  }

  private Path data() {
    return directory.resolve("bus.db");
  }
}
