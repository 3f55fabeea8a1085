package io.dorsal.functions.discovery;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.discovery.EventScans;
import io.dorsal.discovery.StorageEvents;
import io.dorsal.operations.TraceContext;
import org.springframework.stereotype.Component;

/** From a changed file in somebody's storage account to a scan. Thread-safe. */
@Component
public class StorageEventFunctions {

  private final StorageEvents events;
  private final EventScans scans;

  StorageEventFunctions(StorageEvents events, EventScans scans) {
    this.events = events;
    this.scans = scans;
  }

  /** One event; Event Grid sends it again when this throws. */
  @FunctionName("StorageChanged")
  public void storageChanged(
      @EventGridTrigger(name = "event") String event, ExecutionContext context) {
    try (var _ = TraceContext.continueFrom(context.getTraceContext().getTraceparent()).open()) {
      GridEvent.parse(event).ifPresent(events::take);
    }
  }

  /** Starts scans once it is quiet. Harmless where several instances do it at once. */
  @FunctionName("EveryTenSeconds")
  public void everyTenSeconds(
      @TimerTrigger(name = "timer", schedule = "*/10 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      scans.startDue();
    }
  }
}
