package io.dorsal.functions.connections;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.connections.KeyRotation;
import io.dorsal.operations.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows the wrapping key to its newest version. */
@Component
public class KeyTimers {

  private static final Logger log = LoggerFactory.getLogger(KeyTimers.class);

  private final KeyRotation rotation;

  KeyTimers(KeyRotation rotation) {
    this.rotation = rotation;
  }

  /** Every hour: puts what an older key wrapped under the newest one. */
  @FunctionName("RewrapKeys")
  public void rewrap(@TimerTrigger(name = "timer", schedule = "0 45 * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      int rewrapped = rotation.rewrap();
      if (rewrapped > 0) {
        log.info("Wrapped {} data keys anew", rewrapped);
      }
    }
  }
}
