package io.dorsal.accounts;

import io.dorsal.access.TenantRates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What each tenant's settings are now, at most three seconds old, for every room that keeps to
 * them. Thread-safe.
 */
@Component
public class SettingsInForce implements TenantRates {

  private static final Duration KEPT = Duration.ofSeconds(3);
  private static final int MOST = 10_000;

  private record Read(TenantSettings settings, Instant end) {}

  private final Tenants tenants;
  private final Clock clock;
  private final Map<UUID, Read> known = new ConcurrentHashMap<>();

  SettingsInForce(Tenants tenants, Clock clock) {
    this.tenants = tenants;
    this.clock = clock;
  }

  /** The tenant's; the defaults where there is no such tenant. */
  TenantSettings of(UUID tenantId) {
    Instant now = clock.instant();
    Read there = known.get(tenantId);
    if (there != null && now.isBefore(there.end())) {
      return there.settings();
    }
    TenantSettings read =
        tenants
            .find(tenantId)
            .map(tenant -> tenant.settings(now))
            .orElseGet(() -> TenantSettings.of(Settled.nothing().inForce(now)));
    if (known.size() >= MOST) {
      known.values().removeIf(each -> !now.isBefore(each.end()));
    }
    if (known.size() < MOST) {
      known.put(tenantId, new Read(read, now.plus(KEPT)));
    }
    return read;
  }

  @Override
  public Rates rates(UUID tenantId) {
    return of(tenantId).rateLimits();
  }

  void forget(UUID tenantId) {
    known.remove(tenantId);
  }
}
