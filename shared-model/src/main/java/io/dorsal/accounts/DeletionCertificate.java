package io.dorsal.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
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
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new DeletionCertificate(
          tenantId,
          name,
          displayName,
          requestedBy,
          requestedAt,
          purgeAfter,
          purgedAt,
          removed,
          HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static DeletionCertificate of(ResultSet row) throws SQLException {
    return new DeletionCertificate(
        row.getObject("tenant", UUID.class),
        row.getString("name"),
        row.getString("display_name"),
        row.getString("requested_by"),
        instant(row, "requested_at"),
        instant(row, "purge_after"),
        instant(row, "purged_at"),
        JsonMapper.shared().readTree(row.getString("removed")),
        row.getString("sha256"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
