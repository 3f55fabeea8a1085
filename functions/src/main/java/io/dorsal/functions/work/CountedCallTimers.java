package io.dorsal.functions.work;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.access.CallLimits;
import io.dorsal.operations.TraceContext;
import org.springframework.stereotype.Component;

/** Forgets what was counted. Harmless where several instances do it at once. */
@Component
public class CountedCallTimers {

  private final CallLimits limits;

  CountedCallTimers(CallLimits limits) {
    this.limits = limits;
  }

  /** Forgets counted minutes that are over. */
  @FunctionName("ForgetCountedCalls")
  public void forget(@TimerTrigger(name = "timer", schedule = "30 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      limits.forgetOld();
    }
  }
}
