package io.dorsal.work;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import io.dorsal.operations.Metric;
import io.dorsal.operations.ReadinessCheck;
import io.dorsal.operations.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether Service Bus answers, and how full its queues are. Thread-safe. */
@Component
public class QueueWatch implements ReadinessCheck, Sampler {

  /** Alerts begin at 1,000: what is beyond needs no count. */
  static final int MOST = 2_000;

  private final QueueLooks looks;
  private final Clock clock;

  QueueWatch(QueueLooks looks, Clock clock) {
    this.looks = looks;
    this.clock = clock;
  }

  /**
   * One queue now.
   *
   * @param depth messages waiting, scheduled or at work, counted to 2,000
   * @param oldestAge of the oldest of them in seconds; null where there is none
   * @param deadLetters messages given up, counted to 2,000
   */
  public record Depth(String queue, int depth, @Nullable Double oldestAge, int deadLetters) {}

  @Override
  public String name() {
    return "service_bus";
  }

  @Override
  public void check() {
    looks.waiting(Queues.SCAN_REQUESTS, 1);
  }

  /** Every queue. */
  public List<Depth> depths() {
    return QueueSettings.declared().stream().map(QueueSettings::name).map(this::depth).toList();
  }

  private Depth depth(String queue) {
    List<ServiceBusReceivedMessage> waiting = looks.waiting(queue, MOST);
    Double age =
        waiting.isEmpty()
            ? null
            : Duration.between(waiting.getFirst().getEnqueuedTime().toInstant(), clock.instant())
                    .toMillis()
                / 1000.0;
    return new Depth(
        queue,
        waiting.size(),
        age == null ? null : Math.max(0, age),
        looks.deadLetters(queue, MOST).size());
  }

  @Override
  public List<Sample> sample() {
    List<Sample> samples = new ArrayList<>();
    for (Depth one : depths()) {
      samples.add(Sample.of(Metric.QUEUE_DEPTH, one.depth(), one.queue()));
      double age = one.oldestAge() == null ? 0 : one.oldestAge();
      samples.add(Sample.of(Metric.QUEUE_OLDEST, age, one.queue()));
      samples.add(Sample.of(Metric.QUEUE_DEAD_LETTERS, one.deadLetters(), one.queue()));
    }
    return samples;
  }
}
