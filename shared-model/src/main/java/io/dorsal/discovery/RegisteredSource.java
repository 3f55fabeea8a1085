package io.dorsal.discovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An archive that somebody wants scanned: one prefix of one container behind one connection.
 *
 * @param version null before the first save
 * @param prefix what every blob name begins with; may be empty
 * @param scanCount how many scans were ever requested; numbers the next one
 */
@Table("source")
public record RegisteredSource(
    @Id UUID id,
    @Version @Nullable Integer version,
    UUID tenantId,
    UUID connectionId,
    String name,
    String container,
    String prefix,
    @Nullable String timeZone,
    SourceState state,
    int scanCount,
    String createdBy,
    Instant createdAt) {

  RegisteredSource counted() {
    return new RegisteredSource(
        id,
        version,
        tenantId,
        connectionId,
        name,
        container,
        prefix,
        timeZone,
        state,
        scanCount + 1,
        createdBy,
        createdAt);
  }

  /** Whether both cover some name; a removed source covers none. */
  boolean overlaps(RegisteredSource other) {
    return other.state != SourceState.REMOVED
        && connectionId.equals(other.connectionId)
        && container.equals(other.container)
        && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  }
}
