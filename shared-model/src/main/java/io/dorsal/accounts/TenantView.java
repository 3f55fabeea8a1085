package io.dorsal.accounts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A tenant as its administrators see it.
 *
 * @param settings every member as it holds now
 * @param limits the ceilings above some of them
 * @param pendingChanges shortened retentions that can still be taken back
 * @param etag what If-Match has to name
 */
public record TenantView(
    UUID id,
    String name,
    String displayName,
    TenantStatus status,
    Instant createdAt,
    TenantSettings settings,
    JsonNode limits,
    List<PendingChange> pendingChanges,
    String etag,
    int version) {

  static TenantView of(Tenant tenant, Instant now) {
    return new TenantView(
        tenant.id(),
        tenant.name(),
        tenant.displayName(),
        tenant.status(),
        tenant.createdAt(),
        tenant.settings(now),
        tenant.settled().limits(),
        tenant.settled().at(now).pending(),
        "\"v" + tenant.version() + "\"",
        tenant.version());
  }
}
