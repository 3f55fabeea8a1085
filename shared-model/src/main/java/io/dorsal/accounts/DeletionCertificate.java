package io.dorsal.accounts;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a tenant and everything in it is gone.
 *
 * @param removed how many rows of each table and how many blobs
 * @param sha256 over the other members, each in a line, in hex
 */
public record DeletionCertificate(
    UUID tenantId,
    String name,
    String displayName,
    String requestedBy,
    Instant requestedAt,
    Instant purgeAfter,
    Instant purgedAt,
    JsonNode removed,
    String sha256) {

  /** The same with its hash. */
  DeletionCertificate sealed() {
    String text =
        String.join(
            "\n",
            tenantId.toString(),
            name,
            displayName,
            requestedBy,
            requestedAt.toString(),
            purgeAfter.toString(),
            purgedAt.toString(),
            removed.toString());
    return new DeletionCertificate(
        tenantId,
        name,
        displayName,
        requestedBy,
        requestedAt,
        purgeAfter,
        purgedAt,
        removed,
        Sha256.hex(text));
  }

  static DeletionCertificate of(ResultSet row) throws SQLException {
    return new DeletionCertificate(
        row.getObject("tenant", UUID.class),
        row.getString("name"),
        row.getString("display_name"),
        row.getString("requested_by"),
        Objects.requireNonNull(DatabaseTimes.instant(row, "requested_at")),
        Objects.requireNonNull(DatabaseTimes.instant(row, "purge_after")),
        Objects.requireNonNull(DatabaseTimes.instant(row, "purged_at")),
        JsonMapper.shared().readTree(row.getString("removed")),
        row.getString("sha256"));
  }
}
