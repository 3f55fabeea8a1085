package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.local.servicebus.ServiceBusServer;
import io.dorsal.operations.Metrics;
import io.dorsal.work.QueueSettings;
import io.dorsal.work.Queues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

/** How an intake ends: what it took is waited for, however often one asks. */
@SuppressWarnings("NullAway.Init")
class QueueIntakeTests {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static ServiceBusServer bus;

  private final Patient handler = new Patient();

  @BeforeAll
  static void start() {
    bus = ServiceBusServer.start(0, directory.resolve("bus.db"), QueueSettings.declared());
  }

  @AfterAll
  static void stop() {
    bus.close();
  }

  /** A worker that stops asks each of its intakes, and all of them again after a while. */
  @Test
  void nothingTakenIsSettledHoweverOftenOneAsks() throws InterruptedException {
    var intake =
        new QueueIntake(
            handler,
            order -> false,
            client(),
            bus.connectionString(),
            new Metrics(new StandardEnvironment()),
            Duration.ZERO,
            () -> true);
    assertThat(intake.awaitSettled(SHORT)).isTrue();
    assertThat(intake.awaitSettled(SHORT)).isTrue();
    assertThat(intake.awaitSettled(Duration.ofSeconds(-1))).isTrue();
  }

  @Test
  void orderAtWorkIsWaitedForAndSettledThen() throws InterruptedException {
    var intake =
        new QueueIntake(
            handler,
            order -> false,
            client(),
            bus.connectionString(),
            new Metrics(new StandardEnvironment()),
            Duration.ZERO,
            () -> true);
    intake.start();
    send();
    assertThat(handler.taken.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    intake.stopTaking();
    assertThat(intake.awaitSettled(Duration.ofSeconds(6))).as("at work").isFalse();
    handler.mayEnd.countDown();
    assertThat(intake.awaitSettled(LONG)).isTrue();
    assertThat(intake.awaitSettled(SHORT)).as("and stays so").isTrue();
    intake.close();
    assertThat(left()).isZero();
  }

  /** 40-13: an order that is about another tenant's scan, or says so of no tenant. */
  @Test
  void orderOfAnotherTenantIsRefusedAndNotBegun() throws InterruptedException {
    var intake =
        new QueueIntake(
            handler,
            order -> true,
            client(),
            bus.connectionString(),
            new Metrics(new StandardEnvironment()),
            Duration.ZERO,
            () -> true);
    intake.start();
    send();
    try (ServiceBusReceiverClient buried =
        client()
            .receiver()
            .queueName(Queues.SCAN_REQUESTS)
            .subQueue(SubQueue.DEAD_LETTER_QUEUE)
            .buildClient()) {
      var message = buried.receiveMessages(1, LONG).stream().findFirst().orElseThrow();
      assertThat(message.getDeadLetterReason()).isEqualTo("TENANT_MISMATCH");
      buried.complete(message);
    }
    assertThat(handler.taken.availablePermits()).isZero();
    intake.stopTaking();
    intake.close();
  }

  private static void send() {
    UUID tenant = UUID.randomUUID();
    String body =
        "{\"scan_id\":\"%s\",\"tenant_id\":\"%s\",\"dispatch\":1}"
            .formatted(UUID.randomUUID(), tenant);
    var message = new ServiceBusMessage(body).setMessageId(UUID.randomUUID().toString());
    message.getApplicationProperties().put("tenant_id", tenant.toString());
    try (var sender = client().sender().queueName(Queues.SCAN_REQUESTS).buildClient()) {
      sender.sendMessage(message);
    }
  }

  private static long left() {
    try (ServiceBusReceiverClient receiver = receiver()) {
      return receiver.peekMessages(10).stream().count();
    }
  }

  private static ServiceBusReceiverClient receiver() {
    return client().receiver().queueName(Queues.SCAN_REQUESTS).disableAutoComplete().buildClient();
  }

  private static ServiceBusClientBuilder client() {
    return new ServiceBusClientBuilder().connectionString(bus.connectionString());
  }

  /** Holds each order until it may end. */
  private static final class Patient implements OrderHandler {

    private final Semaphore taken = new Semaphore(0);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public String queue() {
      return Queues.SCAN_REQUESTS;
    }

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public Verdict handle(WorkOrder order, BooleanSupplier running) {
      taken.release();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Done();
    }

    @Override
    public void poisoned(WorkOrder order, @Nullable Throwable last) {
      throw new AssertionError("poisoned");
    }
  }
}
