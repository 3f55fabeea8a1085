package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.access.Tenancy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a queue's dead letters now and then: an order whose workers all died was buried by
 * Service Bus itself, and nobody else would tell its scan.
 */
final class BuriedOrders implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(BuriedOrders.class);
  private static final Duration APART = Duration.ofSeconds(30);
  private static final int AT_ONCE = 100;

  private final OrderHandler handler;
  private final String connection;
  private final BooleanSupplier goesOn;

  /** Sequence numbers of those that lie there still. */
  private final Set<Long> told = new HashSet<>();

  BuriedOrders(OrderHandler handler, String connection, BooleanSupplier goesOn) {
    this.handler = handler;
    this.connection = connection;
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      try {
        look();
      } catch (RuntimeException e) {
        log.warn("Looking at dead letters failed, tried again soon: {}", e.toString());
      }
      QueueIntake.pause(APART, goesOn);
    }
  }

  private void look() {
    try (var dead =
        new ServiceBusClientBuilder()
            .connectionString(connection)
            .receiver()
            .queueName(handler.queue())
            .subQueue(SubQueue.DEAD_LETTER_QUEUE)
            .disableAutoComplete()
            .buildClient()) {
      Set<Long> seen = new HashSet<>();
      List<ServiceBusReceivedMessage> page = dead.peekMessages(AT_ONCE, 0).stream().toList();
      while (!page.isEmpty() && goesOn.getAsBoolean()) {
        page.forEach(message -> seen.add(tell(message)));
        page = dead.peekMessages(AT_ONCE, page.getLast().getSequenceNumber() + 1).stream().toList();
      }
      told.retainAll(seen);
    }
  }

  /** Tells of a message unless that was done; one that fails holds up no other. */
  private long tell(ServiceBusReceivedMessage message) {
    long number = message.getSequenceNumber();
    WorkOrder order = told.contains(number) ? null : WorkOrder.of(message);
    try {
      if (order != null) {
        Tenancy.run(order.tenantId(), () -> handler.poisoned(order, null));
      }
      told.add(number);
    } catch (RuntimeException e) {
      log.warn("A dead letter could not be told of, tried again soon: {}", e.toString());
    }
    return number;
  }
}
