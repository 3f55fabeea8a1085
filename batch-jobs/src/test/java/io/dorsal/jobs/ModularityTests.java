package io.dorsal.jobs;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

  @Test
  void theJobsUseOnlyTheDoorsTheyDeclare() {
    ApplicationModules.of(WorkerApplication.class).verify();
  }
}
