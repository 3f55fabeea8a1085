package io.dorsal.functions.connections;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.Doctor;
import io.dorsal.connections.Preflight;
import io.dorsal.discovery.DailyChecks;
import io.dorsal.functions.http.Json;
import io.dorsal.functions.http.Members;
import io.dorsal.operations.MessageDelivery;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.TraceContext;
import io.dorsal.work.Queues;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Checks of connections that nobody asks for. Harmless where several instances do it at once. */
@Component
public class DoctorTimers {

  private static final Logger log = LoggerFactory.getLogger(DoctorTimers.class);

  private final DailyChecks checks;
  private final Doctor doctor;
  private final Preflight preflight;
  private final Metrics metrics;

  DoctorTimers(DailyChecks checks, Doctor doctor, Preflight preflight, Metrics metrics) {
    this.metrics = metrics;
    this.checks = checks;
    this.doctor = doctor;
    this.preflight = preflight;
  }

  /** What a message on the queue says. */
  record Due(@Nullable UUID connectionId, @Nullable UUID tenantId) {}

  /** 03:00 UTC: one message for each connection with an active source. */
  @FunctionName("RequestDailyChecks")
  public void daily(@TimerTrigger(name = "timer", schedule = "0 0 3 * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      log.info("{} connections are checked today", checks.request());
    }
  }

  /** Checks one connection; a failed check is an outcome, not a failure. */
  @FunctionName("CheckDue")
  public void due(
      @ServiceBusQueueTrigger(
              name = "message",
              queueName = Queues.CONNECTION_CHECKS,
              connection = "DORSAL_SERVICEBUS_CONNECTION")
          String message,
      @BindingName("MessageId") @Nullable String messageId,
      @BindingName("SequenceNumber") long sequenceNumber,
      @BindingName("DeliveryCount") int deliveryCount,
      @BindingName("ApplicationProperties") @Nullable String properties) {
    MessageDelivery.of(
            Queues.CONNECTION_CHECKS, messageId, sequenceNumber, deliveryCount, properties)
        .work(
            metrics,
            whose -> {
              Due due = Members.bind(Json.parse(message), Due.class, "", true);
              UUID tenant = Objects.requireNonNull(due.tenantId());
              UUID connection = Objects.requireNonNull(due.connectionId());
              whose.accept(tenant);
              Tenancy.run(tenant, () -> doctor.checkForWork(tenant, connection));
            });
  }

  /** Every hour: deletes trial copies that were left behind more than a day ago. */
  @FunctionName("SweepPreflight")
  public void sweep(@TimerTrigger(name = "timer", schedule = "0 30 * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      int swept = preflight.sweep();
      if (swept > 0) {
        log.info("Deleted {} trial copies that were left behind", swept);
      }
    }
  }
}
