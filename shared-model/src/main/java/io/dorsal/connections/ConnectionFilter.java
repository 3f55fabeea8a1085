package io.dorsal.connections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are wanted; null means any.
 *
 * @param expiresBefore only those whose secret ends, and does so before this time
 */
public record ConnectionFilter(
    @Nullable ConnectionKind kind,
    @Nullable ConnectionStatus status,
    @Nullable Instant expiresBefore) {

  public static final ConnectionFilter ALL = new ConnectionFilter(null, null, null);

  boolean takes(Connection connection) {
    Instant end = connection.expiresAt();
    return (kind == null || kind == connection.kind())
        && (status == null || status == connection.status())
        && (expiresBefore == null || (end != null && end.isBefore(expiresBefore)));
  }
}
