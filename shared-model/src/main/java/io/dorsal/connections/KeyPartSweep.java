package io.dorsal.connections;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes once more the parts of keys of connections deleted within the last week: the process that
 * deleted one may have died before, or the store was away. Thread-safe.
 */
@Component
public class KeyPartSweep {

  private static final Logger log = LoggerFactory.getLogger(KeyPartSweep.class);

  private final KeyParts parts;
  private final JdbcClient jdbc;

  KeyPartSweep(KeyParts parts, JdbcClient jdbc) {
    this.parts = parts;
    this.jdbc = jdbc;
  }

  private record Deleted(UUID tenantId, UUID id) {}

  /** What fails is logged and tried the next time. */
  public void sweep() {
    List<Deleted> all =
        Tenancy.sweep(
            Sweeper.KEYS,
            () ->
                jdbc.sql(
                        """
                        select tenant_id, id from connection
                        where deleted_at > now() - interval '7 days' order by deleted_at
                        """)
                    .query(Deleted.class)
                    .list());
    all.forEach(this::delete);
  }

  private void delete(Deleted connection) {
    try {
      Tenancy.run(
          connection.tenantId(), () -> parts.delete(connection.tenantId(), connection.id()));
    } catch (RuntimeException e) {
      log.warn("The part of the key of deleted connection {} is not deleted", connection.id(), e);
    }
  }
}
