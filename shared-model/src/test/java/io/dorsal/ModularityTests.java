package io.dorsal;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

  /** Every package under {@code io.dorsal} of this module is a room of its own. */
  @Test
  void theRoomsUseOnlyTheDoorsTheyDeclare() {
    ApplicationModules.of("io.dorsal").verify();
  }
}
