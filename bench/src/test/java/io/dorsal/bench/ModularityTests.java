package io.dorsal.bench;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

  @Test
  void theBenchHasNoCircle() {
    ApplicationModules.of("io.dorsal.bench").verify();
  }
}
