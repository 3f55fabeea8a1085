package io.dorsal.support;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that is packed for somebody, or was.
 *
 * @param wanted what is to be packed
 * @param allTenants whether an operator asked, who sees the hops of all
 * @param expiresAt when it is removed; null before it is ready
 * @param code why it failed
 */
public record Parcel(
    UUID id,
    UUID tenantId,
    Kind kind,
    State state,
    JsonNode wanted,
    boolean allTenants,
    String note,
    String requestedBy,
    Instant requestedAt,
    String traceId,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable Long sizeBytes,
    @Nullable String sha256,
    @Nullable String code,
    @Nullable String detail) {

  /** What sort of thing it is. */
  public enum Kind {
    BUNDLE(Duration.ofDays(14)),
    AUDIT_EXPORT(Duration.ofDays(30));

    private final Duration kept;

    Kind(Duration kept) {
      this.kept = kept;
    }

    Duration kept() {
      return kept;
    }
  }

  /** How far it is. */
  public enum State {
    QUEUED,
    BUILDING,
    READY,
    FAILED,
    EXPIRED
  }

  /** Where a tenant's parcels lie in Dorsal's own store. */
  static String folder(UUID tenantId) {
    return "support/" + tenantId + "/";
  }

  /** Its name in Dorsal's own store. */
  String file() {
    return folder(tenantId) + id + ".zip";
  }
}
