package io.dorsal.work;

import io.dorsal.access.Caller;
import io.dorsal.operations.Instances;
import io.dorsal.operations.Readiness;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How the whole of Dorsal does, for people. Thread-safe. */
@Component
public class SystemHealth {

  private static final Logger log = LoggerFactory.getLogger(SystemHealth.class);

  private final Readiness readiness;
  private final QueueWatch queues;
  private final Instances instances;

  SystemHealth(Readiness readiness, QueueWatch queues, Instances instances) {
    this.readiness = readiness;
    this.queues = queues;
    this.instances = instances;
  }

  /**
   * What an operator looks at first.
   *
   * @param ready what this instance says of itself
   * @param checks the same with latencies and the last error of each
   * @param queues empty where Service Bus is away
   */
  public record Report(
      Readiness.State ready,
      List<Readiness.Checked> checks,
      List<QueueWatch.Depth> queues,
      List<Instances.Running> instances) {}

  /**
   * As it is now.
   *
   * @throws io.dorsal.problem.ProblemException PERMISSION_DENIED
   */
  public Report of(Caller caller) {
    caller.requireAdministratorOrOperator("Reading the health of the system");
    return now();
  }

  /** The same for work whose right to it is proven. */
  public Report now() {
    return new Report(readiness.now(), readiness.checked(), depths(), instances.list());
  }

  private List<QueueWatch.Depth> depths() {
    try {
      return queues.depths();
    } catch (RuntimeException e) {
      log.warn("The queues cannot be looked at: {}", e.toString());
      return List.of();
    }
  }
}
