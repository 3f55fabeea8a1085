package io.dorsal.work;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverAsyncClient;
import com.azure.messaging.servicebus.models.SubQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Looks at messages without taking them: no lock, no delivery is used up. A silent Service Bus is
 * given up on after eight seconds; whoever waits for less may be interrupted, and what was opened
 * till then serves the next look. Thread-safe.
 */
@Component
class QueueLooks implements DisposableBean {

  private static final int STEP = 250;

  /** Of one look, whatever it has to open first. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Never asked again, and never waiting for long: who looks wants to know now. */
  private static final AmqpRetryOptions IMPATIENT =
      new AmqpRetryOptions().setTryTimeout(Duration.ofSeconds(5)).setMaxRetries(0);

  private record Place(String queue, SubQueue part) {}

  /** Its clients share a connection. */
  private final Supplier<ServiceBusClientBuilder> bus;

  private final Map<Place, ServiceBusReceiverAsyncClient> clients = new HashMap<>();

  QueueLooks(WorkSettings settings) {
    this.bus =
        SingletonSupplier.of(
            () ->
                new ServiceBusClientBuilder()
                    .connectionString(settings.servicebus().requiredConnection())
                    .retryOptions(IMPATIENT));
  }

  /** Messages waiting, scheduled or at work, oldest first, so many at most. */
  List<ServiceBusReceivedMessage> waiting(String queue, int most) {
    return look(new Place(queue, SubQueue.NONE), most);
  }

  /** Messages given up, oldest first, so many at most. */
  List<ServiceBusReceivedMessage> deadLetters(String queue, int most) {
    return look(new Place(queue, SubQueue.DEAD_LETTER_QUEUE), most);
  }

  private List<ServiceBusReceivedMessage> look(Place place, int most) {
    List<ServiceBusReceivedMessage> seen = new ArrayList<>();
    long from = 0;
    while (seen.size() < most) {
      int wanted = Math.min(STEP, most - seen.size());
      List<ServiceBusReceivedMessage> page = page(place, wanted, from);
      if (page.isEmpty()) {
        break;
      }
      seen.addAll(page);
      from = page.getLast().getSequenceNumber() + 1;
    }
    return seen;
  }

  private List<ServiceBusReceivedMessage> page(Place place, int wanted, long from) {
    ServiceBusReceiverAsyncClient client = client(place);
    var page =
        client
            .peekMessages(wanted, from)
            .collectList()
            .timeout(PATIENCE)
            .doOnError(failure -> discard(client))
            .toFuture();
    try {
      return page.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking at " + place.queue() + ".", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(place.queue() + " cannot be looked at.", e.getCause());
    }
  }

  private synchronized ServiceBusReceiverAsyncClient client(Place place) {
    return clients.computeIfAbsent(
        place,
        it ->
            bus.get()
                .receiver()
                .queueName(it.queue())
                .subQueue(it.part())
                .disableAutoComplete()
                .buildAsyncClient());
  }

  /**
   * A connection serves until a look fails once: it ends with the last of its clients. The SDK
   * keeps a management node before that is authorized, and where its authorization failed, all who
   * ask later wait for it in vain.
   */
  private synchronized void discard(ServiceBusReceiverAsyncClient failed) {
    if (clients.containsValue(failed)) {
      destroy();
    }
  }

  @Override
  public synchronized void destroy() {
    clients.values().forEach(ServiceBusReceiverAsyncClient::close);
    clients.clear();
  }
}
