package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.access.Tenancy;
import java.time.Duration;
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

  private final OrderHandler handler;
  private final String connection;
  private final BooleanSupplier goesOn;

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
      for (ServiceBusReceivedMessage message : dead.peekMessages(100)) {
        WorkOrder order = WorkOrder.of(message);
        if (order != null) {
          Tenancy.run(order.tenantId(), () -> handler.poisoned(order));
        }
      }
    }
  }
}
