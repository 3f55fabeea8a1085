package io.dorsal.functions.access;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.accounts.IdentityEvents;
import io.dorsal.accounts.UserSweeps;
import io.dorsal.operations.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What time does to users. Harmless where several instances do it at once. */
@Component
public class UserTimers {

  private static final Logger log = LoggerFactory.getLogger(UserTimers.class);

  private final UserSweeps sweeps;
  private final IdentityEvents events;

  UserTimers(UserSweeps sweeps, IdentityEvents events) {
    this.sweeps = sweeps;
    this.events = events;
  }

  /** 04:00 UTC: who has not come for long is inactive, who was deleted 30 days ago is erased. */
  @FunctionName("SweepUsers")
  public void daily(@TimerTrigger(name = "timer", schedule = "0 0 4 * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      int inactive = sweeps.markInactive();
      int erased = sweeps.erase();
      int forgotten = events.forgetOld();
      log.info(
          "{} users became inactive, {} were erased, {} identity events forgotten",
          inactive,
          erased,
          forgotten);
    }
  }
}
