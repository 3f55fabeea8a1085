package io.dorsal.local;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

  @Test
  void thePartsOfTheStackFormNoCircle() {
    ApplicationModules.of("io.dorsal.local").verify();
  }
}
