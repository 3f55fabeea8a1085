package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import io.dorsal.operations.MessageDelivery;
import io.dorsal.operations.Metrics;
import io.dorsal.problem.ProblemException;
import io.dorsal.work.Queues;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The queue on which other systems ask. Thread-safe. */
@Component
public class ImportFunctions {

  private static final Duration BREATH = Duration.ofSeconds(5);

  private final ImportRequests requests;
  private final Metrics metrics;

  ImportFunctions(ImportRequests requests, Metrics metrics) {
    this.metrics = metrics;
    this.requests = requests;
  }

  /**
   * One message, which is completed when this returns and comes again when it throws.
   *
   * @throws RuntimeException where the message is refused, or could not be handled yet
   */
  @FunctionName("ImportRequested")
  public void importRequested(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = Queues.IMPORT_REQUESTS,
              connection = "DORSAL_SERVICEBUS_CONNECTION")
          String message,
      @BindingName("MessageId") @Nullable String messageId,
      @BindingName("SequenceNumber") long sequenceNumber,
      @BindingName("DeliveryCount") int deliveryCount,
      @BindingName("ApplicationProperties") @Nullable String properties)
      throws InterruptedException {
    String id = messageId == null ? "sequence-" + sequenceNumber : messageId;
    var delivery =
        MessageDelivery.of(Queues.IMPORT_REQUESTS, id, sequenceNumber, deliveryCount, properties);
    try {
      delivery.work(metrics, whose -> requests.accept(message, id, whose));
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      // It comes back at once; so five deliveries outlast a database that starts again.
      Thread.sleep(BREATH.multipliedBy(deliveryCount));
      throw e;
    }
  }
}
