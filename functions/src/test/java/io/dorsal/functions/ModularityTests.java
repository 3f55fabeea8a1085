package io.dorsal.functions;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

  @Test
  void theRoomsUseOnlyTheDoorsTheyDeclare() {
    ApplicationModules.of(FunctionsApplication.class).verify();
  }
}
