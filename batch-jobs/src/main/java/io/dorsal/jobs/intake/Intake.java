package io.dorsal.jobs.intake;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import io.dorsal.discovery.ScanWork;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.SchemaVersion;
import io.dorsal.work.WorkSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Opens the queues when the worker is ready and closes them when it stops: takes nothing more, lets
 * chunks finish, gives back the rest, all within 20 s.
 */
@Component
@Profile("!edge")
class Intake implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  private final List<QueueIntake> intakes;
  private final HeldLeases held;
  private final JobsSettings settings;
  private volatile boolean running;

  Intake(
      List<OrderHandler> handlers,
      ScanWork scans,
      WorkSettings work,
      HeldLeases held,
      JobsSettings settings,
      Metrics metrics,
      SchemaVersion schema) {
    String connection = work.servicebus().requiredConnection();
    var bus = new ServiceBusClientBuilder().connectionString(connection);
    Predicate<WorkOrder> foreign = order -> scans.foreign(order.tenantId(), order.scanId());
    this.intakes =
        handlers.stream()
            .map(
                each ->
                    new QueueIntake(
                        each, foreign, bus, connection, metrics, settings.pause(), schema::fits))
            .toList();
    this.held = held;
    this.settings = settings;
  }

  @Override
  public void start() {
    intakes.forEach(QueueIntake::start);
    running = true;
    log.info("Worker ready");
  }

  @Override
  public void stop() {
    log.info("Worker stops: chunks in flight are finished or given back");
    intakes.forEach(QueueIntake::stopTaking);
    held.drain();
    try {
      if (!settled(settings.drain())) {
        held.abortAll();
        settled(LAST_WORD);
      }
      for (QueueIntake intake : intakes) {
        intake.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
    log.info("Worker stopped");
  }

  private boolean settled(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (QueueIntake intake : intakes) {
      if (!intake.awaitSettled(Duration.ofNanos(end - System.nanoTime()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
