package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.MessageWork;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Span;
import io.dorsal.work.QueueSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Receives one queue's messages, renews their locks while they are worked on, and settles each by
 * its verdict. Several intakes, in any number of processes, share a queue.
 */
final class QueueIntake {

  private static final Logger log = LoggerFactory.getLogger(QueueIntake.class);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration LAST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_LOCK = Duration.ofHours(24);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final OrderHandler handler;
  private final Predicate<WorkOrder> foreign;
  private final String connection;
  private final int maxDeliveries;
  private final Semaphore slots;
  private final ServiceBusReceiverClient receiver;
  private final Metrics metrics;
  private final Duration pause;
  private final BooleanSupplier mayTake;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean running = true;

  /**
   * @param bus its clients share a connection, each of which costs a thread that never rests
   * @param connection for looks at dead letters, each of them over a connection of its own
   * @param foreign tells orders about another tenant's scan
   * @param pause before an order that failed is given back for the first time
   * @param mayTake false while nothing may be worked on
   */
  QueueIntake(
      OrderHandler handler,
      Predicate<WorkOrder> foreign,
      ServiceBusClientBuilder bus,
      String connection,
      Metrics metrics,
      Duration pause,
      BooleanSupplier mayTake) {
    this.foreign = foreign;
    this.pause = pause;
    this.mayTake = mayTake;
    this.handler = handler;
    this.metrics = metrics;
    this.connection = connection;
    this.maxDeliveries =
        QueueSettings.declared().stream()
            .filter(queue -> queue.name().equals(handler.queue()))
            .findFirst()
            .orElseThrow()
            .maxDeliveryCount();
    this.slots = new Semaphore(handler.concurrency());
    this.receiver =
        bus.receiver()
            .queueName(handler.queue())
            .disableAutoComplete()
            .maxAutoLockRenewDuration(LONGEST_LOCK)
            .buildClient();
  }

  void start() {
    Thread.ofVirtual().name("intake-" + handler.queue()).start(this::receive);
    var buried = new BuriedOrders(handler, connection, () -> running);
    Thread.ofVirtual().name("dead-letters-" + handler.queue()).start(buried);
  }

  /** Takes nothing more. */
  void stopTaking() {
    running = false;
  }

  /** Waits until what was taken is settled. */
  boolean awaitSettled(Duration patience) throws InterruptedException {
    int all = handler.concurrency();
    boolean settled =
        slots.tryAcquire(all, Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    if (settled) {
      slots.release(all);
    }
    return settled;
  }

  void close() throws InterruptedException {
    if (ended.await(WAIT.toSeconds() + 1, TimeUnit.SECONDS)) {
      giveBackLast();
    }
    receiver.close();
  }

  /**
   * A receive that timed out left its credit with the queue, which may have sent a message on it
   * since, such as the one just given back: closed with the link, it would stay locked for minutes.
   */
  private void giveBackLast() {
    try {
      receiver.receiveMessages(1, LAST_LOOK).forEach(receiver::abandon);
    } catch (RuntimeException e) {
      log.warn("The last look at {} failed: {}", handler.queue(), e.toString());
    }
  }

  private void receive() {
    while (running) {
      if (!mayTake.getAsBoolean()) {
        pause(WAIT);
        continue;
      }
      slots.acquireUninterruptibly();
      ServiceBusReceivedMessage message = running ? next() : null;
      if (message == null) {
        slots.release();
      } else {
        Thread.ofVirtual().name(handler.queue()).start(() -> work(message));
      }
    }
    ended.countDown();
  }

  private @Nullable ServiceBusReceivedMessage next() {
    try {
      for (ServiceBusReceivedMessage message : receiver.receiveMessages(1, WAIT)) {
        return message;
      }
    } catch (RuntimeException e) {
      log.warn("Receiving from {} failed, tried again soon: {}", handler.queue(), e.toString());
      pause(Duration.ofSeconds(1));
    }
    return null;
  }

  private void work(ServiceBusReceivedMessage message) {
    MDC.put("request_id", (String) message.getApplicationProperties().get("request_id"));
    MDC.put("job_id", message.getMessageId());
    try (Span span = MessageSpans.of(handler.queue(), message);
        var work = MessageWork.begin(metrics, handler.queue());
        var _ = span.context().open()) {
      WorkOrder order = WorkOrder.of(message);
      if (order == null) {
        span.failed("MALFORMED_REQUEST", null);
        work.error();
        deadLetter(message, "MALFORMED_REQUEST", "The body is no work order.");
      } else {
        MDC.put("tenant_id", order.tenantId().toString());
        span.of(order.tenantId()).begun();
        Verdict verdict = handle(order);
        MessageSpans.ended(span, verdict);
        settle(message, order, verdict, work);
      }
    } catch (RuntimeException e) {
      log.warn(
          "Settling a message of {} failed; it comes again: {}", handler.queue(), e.toString());
    } finally {
      MDC.remove("request_id");
      MDC.remove("job_id");
      MDC.remove("tenant_id");
      slots.release();
    }
  }

  /** Waits for our own database here, with the message in hand: an outage uses up no delivery. */
  private Verdict handle(WorkOrder order) {
    Duration pause = Duration.ofSeconds(1);
    while (true) {
      Verdict verdict = attempt(order);
      if (!(verdict instanceof Verdict.AwaitDatabase away) || !running) {
        return verdict;
      }
      log.warn("The database is away, tried again in {} s: {}", pause.toSeconds(), away.reason());
      pause(pause);
      pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
    }
  }

  private Verdict attempt(WorkOrder order) {
    try {
      return Tenancy.in(
          order.tenantId(),
          () -> foreign.test(order) ? new Verdict.Refuse() : handler.handle(order, () -> running));
    } catch (RuntimeException e) {
      return Verdict.of(List.of(e));
    }
  }

  private void settle(
      ServiceBusReceivedMessage message, WorkOrder order, Verdict verdict, MessageWork work) {
    switch (verdict) {
      case Verdict.Done done -> complete(message, work::ok);
      case Verdict.Pause pause -> complete(message, work::ok);
      case Verdict.Fail fail -> complete(message, work::error);
      case Verdict.GiveBack back -> receiver.abandon(message);
      case Verdict.AwaitDatabase away -> receiver.abandon(message);
      case Verdict.Refuse refuse -> {
        work.error();
        log.error("An order of one tenant is about another's scan: {}", order);
        deadLetter(message, "TENANT_MISMATCH", "The scan is another tenant's.");
      }
      case Verdict.TryAgain again -> retryOrBury(message, order, again.cause(), work);
    }
  }

  private void complete(ServiceBusReceivedMessage message, Runnable counted) {
    counted.run();
    receiver.complete(message);
  }

  private void retryOrBury(
      ServiceBusReceivedMessage message, WorkOrder order, Throwable cause, MessageWork work) {
    log.error("Work on {} failed, delivery {}", order, message.getDeliveryCount() + 1, cause);
    if (message.getDeliveryCount() + 1 >= maxDeliveries) {
      work.error();
      Tenancy.run(order.tenantId(), () -> handler.poisoned(order, cause));
      deadLetter(message, "POISONED", cause.getClass().getName());
      return;
    }
    pause(pause.multipliedBy(1L << Math.min(5, message.getDeliveryCount())));
    receiver.abandon(message);
  }

  private void deadLetter(ServiceBusReceivedMessage message, String reason, String description) {
    receiver.deadLetter(
        message,
        new DeadLetterOptions()
            .setDeadLetterReason(reason)
            .setDeadLetterErrorDescription(description));
  }

  private void pause(Duration duration) {
    pause(duration, () -> running);
  }

  /** Sleeps so long, but no longer than it {@code goesOn}. */
  static void pause(Duration duration, BooleanSupplier goesOn) {
    long end = System.nanoTime() + duration.toNanos();
    while (goesOn.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(Duration.ofMillis(200));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
