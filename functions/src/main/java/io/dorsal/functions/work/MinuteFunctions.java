package io.dorsal.functions.work;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.accounts.TenantPurge;
import io.dorsal.connections.ExpiryWatch;
import io.dorsal.discovery.Scans;
import io.dorsal.discovery.ScheduleFires;
import io.dorsal.discovery.StorageEvents;
import io.dorsal.operations.TraceContext;
import io.dorsal.work.IdempotentAnswers;
import io.dorsal.work.OutboxPoster;
import io.dorsal.work.RefusedMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The work of every minute. Harmless where several instances do it at once. */
@Component
public class MinuteFunctions {

  private static final Logger log = LoggerFactory.getLogger(MinuteFunctions.class);

  private final OutboxPoster outbox;
  private final RefusedMessages refused;
  private final IdempotentAnswers answers;
  private final Scans scans;
  private final ScheduleFires schedules;
  private final StorageEvents events;
  private final ExpiryWatch expiry;
  private final TenantPurge purge;

  MinuteFunctions(
      OutboxPoster outbox,
      RefusedMessages refused,
      IdempotentAnswers answers,
      Scans scans,
      ScheduleFires schedules,
      StorageEvents events,
      ExpiryWatch expiry,
      TenantPurge purge) {
    this.outbox = outbox;
    this.refused = refused;
    this.answers = answers;
    this.scans = scans;
    this.schedules = schedules;
    this.events = events;
    this.expiry = expiry;
    this.purge = purge;
  }

  /**
   * Fires schedules, ends scans nobody renewed and connections whose secret ended, posts what a
   * crash left in the outbox, forgets what is old, purges tenants that are to go.
   */
  @FunctionName("EveryMinute")
  public void everyMinute(@TimerTrigger(name = "timer", schedule = "0 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      schedules.fireDue();
      schedules.forgetOld();
      events.forgetOld();
      scans.failNotRenewed();
      expiry.expireDue();
      outbox.forgetOld();
      refused.forgetOld();
      answers.forgetOld();
      purge.purgeDue();
      // Last, since it needs Service Bus and the others do not.
      int posted = outbox.postAll();
      if (posted > 0) {
        log.info("Posted {} messages that were left in the outbox", posted);
      }
    }
  }
}
