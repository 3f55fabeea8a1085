package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.local.servicebus.ServiceBusServer;
import io.dorsal.work.QueueSettings;
import io.dorsal.work.Queues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 2.8: what Service Bus buried itself is told of, whatever lies there before it. */
@SuppressWarnings("NullAway.Init")
class BuriedOrdersTests {

  /** More than one look at the queue shows. */
  private static final int OLD = 130;

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path directory;

  @Test
  void everyDeadLetterIsToldOfThoughManyLieBeforeItAndOneFails() throws InterruptedException {
    try (var bus =
        ServiceBusServer.start(0, directory.resolve("bus.db"), QueueSettings.declared())) {
      List<UUID> scans = new ArrayList<>();
      for (int i = 0; i <= OLD; i++) {
        scans.add(UUID.randomUUID());
      }
      bury(bus.connectionString(), scans);
      var noting = new Noting(scans.getFirst());
      Thread.ofVirtual()
          .start(
              new BuriedOrders(
                  noting, bus.connectionString(), () -> !noting.told.contains(scans.getLast())));

      long end = System.nanoTime() + LONG.toNanos();
      while (noting.told.size() < OLD && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertThat(noting.told).containsExactlyElementsOf(scans.subList(1, scans.size()));
    }
  }

  private static void bury(String connection, List<UUID> scans) {
    var client = new ServiceBusClientBuilder().connectionString(connection);
    try (var sender = client.sender().queueName(Queues.SCAN_PARTITIONS).buildClient();
        var receiver =
            client
                .receiver()
                .queueName(Queues.SCAN_PARTITIONS)
                .disableAutoComplete()
                .buildClient()) {
      scans.forEach(scan -> sender.sendMessage(message(scan)));
      for (int buried = 0; buried < scans.size(); ) {
        for (ServiceBusReceivedMessage message : receiver.receiveMessages(50, LONG)) {
          receiver.deadLetter(message);
          buried++;
        }
      }
    }
  }

  private static ServiceBusMessage message(UUID scan) {
    String tenant = UUID.randomUUID().toString();
    String body =
        "{\"scan_id\":\"%s\",\"tenant_id\":\"%s\",\"partition\":1,\"dispatch\":1}"
            .formatted(scan, tenant);
    var message = new ServiceBusMessage(body).setMessageId(scan.toString());
    message.getApplicationProperties().put("tenant_id", tenant);
    return message;
  }

  /** Notes whose orders were buried, and fails for one of them. */
  private static final class Noting implements OrderHandler {

    private final List<UUID> told = new CopyOnWriteArrayList<>();
    private final UUID failing;

    private Noting(UUID failing) {
      this.failing = failing;
    }

    @Override
    public String queue() {
      return Queues.SCAN_PARTITIONS;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public Verdict handle(WorkOrder order, BooleanSupplier running) {
      throw new AssertionError("handled");
    }

    @Override
    public void poisoned(WorkOrder order, @Nullable Throwable last) {
      if (order.scanId().equals(failing)) {
        throw new IllegalStateException("The database says no.");
      }
      assertThat(last).isNull();
      told.add(order.scanId());
    }
  }
}
