package io.dorsal.functions.discovery;

import io.dorsal.access.Caller;
import io.dorsal.access.Sha256;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.discovery.ScanRequest;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import io.dorsal.work.Queues;
import io.dorsal.work.RefusedMessages;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Requests of other systems, as messages. Whoever may send to the queue is trusted to name a
 * tenant. Thread-safe.
 */
@Component
class ImportRequests {

  static final String SCAN_REQUESTED = "dorsal.scan.requested";

  private final Standings standings;
  private final ScanStart start;
  private final RefusedMessages refused;

  ImportRequests(Standings standings, ScanStart start, RefusedMessages refused) {
    this.standings = standings;
    this.start = start;
    this.refused = refused;
  }

  /** The data of {@code dorsal.scan.requested}. */
  record Wanted(
      @Nullable UUID tenantId,
      @Nullable UUID sourceId,
      @Nullable String prefix,
      @Nullable List<String> include,
      @Nullable List<String> exclude,
      @Nullable List<String> classes,
      @Nullable String mode,
      @Nullable Boolean reinspect) {

    ScanRequest scan() {
      return new ScanRequest(sourceId, prefix, include, exclude, null, classes, mode, reinspect);
    }
  }

  /**
   * Starts the scan that the message asks for; the same event again changes nothing. What a
   * suspended tenant's systems ask for waits among the dead letters until somebody sends it again.
   *
   * @param whose is told the tenant that the message names
   * @throws ProblemException what is wrong with the message, kept for the operator unless a later
   *     try may succeed
   */
  void accept(String message, String messageId, Consumer<UUID> whose) {
    UUID tenant = null;
    try {
      CloudEvent event = CloudEvent.parse(message, SCAN_REQUESTED);
      Wanted wanted = event.data(Wanted.class);
      tenant = wanted.tenantId();
      new Validation()
          .check(tenant != null, "data/tenant_id", "REQUIRED", "tenant_id is required.")
          .orThrow();
      whose.accept(Objects.requireNonNull(tenant));
      var caller = Caller.of(tenant, "import:" + event.source(), TenantRole.TENANT_ADMIN);
      String fingerprint = Sha256.hex(String.valueOf(event.data()));
      Tenancy.in(
          caller.tenantId(),
          () -> {
            standings.requireActive(caller.tenantId());
            return start.once(caller, "event:" + event.identity(), fingerprint, wanted.scan());
          });
    } catch (ProblemException e) {
      if (!e.problem().retryable()) {
        refused.record(Queues.IMPORT_REQUESTS, messageId, tenant, e);
      }
      throw e;
    }
  }
}
