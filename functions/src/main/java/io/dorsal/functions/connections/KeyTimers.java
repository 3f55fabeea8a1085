package io.dorsal.functions.connections;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.connections.KeyPartSweep;
import io.dorsal.connections.KeyRotation;
import io.dorsal.operations.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows the wrapping key to its newest version, and clears up behind deleted connections. */
@Component
public class KeyTimers {

  private static final Logger log = LoggerFactory.getLogger(KeyTimers.class);

  private final KeyRotation rotation;
  private final KeyPartSweep parts;

  KeyTimers(KeyRotation rotation, KeyPartSweep parts) {
    this.rotation = rotation;
    this.parts = parts;
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

  /** Every hour: deletes parts of keys whose connections were deleted. */
  @FunctionName("DeleteKeyParts")
  public void deleteParts(@TimerTrigger(name = "timer", schedule = "0 50 * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      parts.sweep();
    }
  }
}
