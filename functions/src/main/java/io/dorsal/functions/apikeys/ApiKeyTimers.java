package io.dorsal.functions.apikeys;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.apikeys.ApiKeyWatch;
import io.dorsal.operations.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells of keys that end. Harmless where several instances do it at once. */
@Component
public class ApiKeyTimers {

  private static final Logger log = LoggerFactory.getLogger(ApiKeyTimers.class);

  private final ApiKeyWatch keys;

  ApiKeyTimers(ApiKeyWatch keys) {
    this.keys = keys;
  }

  /** Tells people which keys end in 30, 7 and 1 days. */
  @FunctionName("TellOfEndingKeys")
  public void tell(@TimerTrigger(name = "timer", schedule = "0 5 6 * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      log.info("Told of {} API keys that end soon", keys.sendNotices());
    }
  }
}
