package io.dorsal.local.host;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

/**
 * Feeds one queue function: peek-lock, the lock renewed during the call, completed when the call
 * returns, abandoned when it throws. Asks the queue for as many messages as calls may start, never
 * for more, so no message waits here with its lock running.
 */
final class QueueListener {

  private static final Logger log = LoggerFactory.getLogger(QueueListener.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(30);

  private final LoadedFunction function;
  private final Trigger.Queue trigger;
  private final HostConfiguration configuration;
  private final ServiceBusClientBuilder bus;
  private final InFlight inFlight;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  QueueListener(
      LoadedFunction function,
      Trigger.Queue trigger,
      HostConfiguration configuration,
      ServiceBusClientBuilder bus,
      InFlight inFlight) {
    this.function = function;
    this.trigger = trigger;
    this.configuration = configuration;
    this.bus = bus;
    this.inFlight = inFlight;
    thread = Thread.ofPlatform().name("queue-" + trigger.queue()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Releases the receiver; call it when nothing is in flight any more, or time is up. */
  void stop(Duration atMost) throws InterruptedException {
    stop.countDown();
    thread.join(atMost);
  }

  private void run() {
    while (stop.getCount() > 0) {
      try (Receiver receiver = new Receiver()) {
        receiver.awaitEnd();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("Queue {}: no receiver, trying again: {}", trigger.queue(), e.toString());
      }
      if (stop.getCount() > 0) {
        pause();
      }
    }
  }

  private void pause() {
    try {
      stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One client; a new one is made when the SDK has given this one up. */
  private final class Receiver extends BaseSubscriber<ServiceBusReceivedMessage>
      implements AutoCloseable {

    private final ServiceBusReceiverAsyncClient client;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final InFlight ours = new InFlight();

    Receiver() {
      client =
          bus.receiver()
              .queueName(trigger.queue())
              .disableAutoComplete()
              .maxAutoLockRenewDuration(Duration.ZERO)
              .prefetchCount(0)
              .buildAsyncClient();
      client.receiveMessages().subscribe(this);
    }

    void awaitEnd() throws InterruptedException {
      while (ended.getCount() > 0 && !stop.await(500, TimeUnit.MILLISECONDS)) {
        Thread.onSpinWait();
      }
      if (stop.getCount() > 0 && !ours.awaitIdle(configuration.maxLockRenewal())) {
        log.warn("Queue {}: {} on a lost receiver", trigger.queue(), ours);
      }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(configuration.maxConcurrentCalls());
    }

    @Override
    protected void hookOnNext(ServiceBusReceivedMessage message) {
      boolean wanted = inFlight.enter();
      ours.enter();
      Thread.ofPlatform()
          .name("queue-" + trigger.queue() + "-" + message.getSequenceNumber())
          .start(
              () -> {
                try {
                  handle(message, wanted);
                } finally {
                  ours.exit();
                  if (wanted) {
                    inFlight.exit();
                    request(1);
                  }
                }
              });
    }

    @Override
    protected void hookOnError(Throwable error) {
      log.warn("Queue {}: receiving ended: {}", trigger.queue(), error.toString());
      ended.countDown();
    }

    @Override
    protected void hookOnComplete() {
      ended.countDown();
    }

    private void handle(ServiceBusReceivedMessage message, boolean wanted) {
      boolean done = wanted && call(message);
      try {
        (done ? client.complete(message) : client.abandon(message)).block(SETTLE);
      } catch (RuntimeException e) {
        // The lock runs out and the message comes again; the function is idempotent.
        log.warn(
            "Queue {}: message {} not settled: {}",
            trigger.queue(),
            message.getMessageId(),
            e.toString());
      }
    }

    private boolean call(ServiceBusReceivedMessage message) {
      Disposable renewal =
          client
              .renewMessageLock(message, configuration.maxLockRenewal())
              .subscribe(
                  done -> {},
                  e -> log.warn("Queue {}: lock not renewed: {}", trigger.queue(), e.toString()));
      Invocation invocation = QueueMessages.invocation(message);
      try {
        function.call(invocation);
        return true;
      } catch (Exception | LinkageError | AssertionError e) {
        log.error(
            "Function {} failed, message {}, delivery {}, invocation {}",
            function.name(),
            message.getMessageId(),
            message.getDeliveryCount() + 1,
            invocation.id(),
            e);
        return false;
      } finally {
        renewal.dispose();
      }
    }

    @Override
    public void close() {
      cancel();
      client.close();
    }
  }

  /** For a log line: never the connection string. */
  @Override
  public String toString() {
    return function.name() + " on queue " + trigger.queue();
  }
}
