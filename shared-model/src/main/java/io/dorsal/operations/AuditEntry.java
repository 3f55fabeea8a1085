package io.dorsal.operations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One entry of the audit log as its readers get it. */
public record AuditEntry(
    UUID eventId,
    Instant ts,
    UUID tenantId,
    String category,
    String action,
    String severity,
    Actor actor,
    @Nullable String serviceAccount,
    @Nullable String ip,
    @Nullable String userAgent,
    @Nullable Resource resource,
    JsonNode before,
    JsonNode after,
    String outcome,
    @Nullable String code,
    @Nullable String requestId,
    String traceId) {

  /**
   * Who acted: one member is set.
   *
   * @param system true where nobody did
   */
  public record Actor(@Nullable String userId, @Nullable String keyId, @Nullable Boolean system) {}

  /** What it was done to. */
  public record Resource(String type, @Nullable UUID id, @Nullable String name) {}
}
