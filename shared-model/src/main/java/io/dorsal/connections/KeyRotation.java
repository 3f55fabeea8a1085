package io.dorsal.connections;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.WrappingKey.Wrapped;
import io.dorsal.work.RunningJob;
import io.dorsal.work.Task;
import io.dorsal.work.Tasks;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts data keys under the newest wrapping key. Whoever reads meanwhile is not held up: old and new
 * open both. Thread-safe, and harmless where several instances do it at once.
 */
@Component
public class KeyRotation {

  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);
  private static final UUID FIRST = new UUID(0, 0);

  /** All tenants' keys at once are nobody's. */
  private static final UUID PLATFORM = new UUID(0, 0);

  private static final int AT_ONCE = 200;

  /** Data keys of one table; each SQL names its columns alike. */
  private enum Table {
    CONNECTIONS(
        """
        select id, tenant_id, tenant_id || '|' || id || '|' || secret_version as place,
          wrapped_key, wrapping_key
        from connection
        where wrapping_key <> :newest and length(wrapped_key) > 0 and id > :after
        order by id limit :most
        """,
        """
        update connection set wrapped_key = :again, wrapping_key = :newest
        where id = :id and wrapped_key = :before
        """),
    TENANTS(
        """
        select tenant_id as id, tenant_id, 'tenant-key|' || tenant_id as place, wrapped_key, wrapping_key
        from tenant_key
        where wrapping_key <> :newest and tenant_id > :after
        order by tenant_id limit :most
        """,
        """
        update tenant_key set wrapped_key = :again, wrapping_key = :newest
        where tenant_id = :id and wrapped_key = :before
        """),
    WEBHOOKS(
        """
        select id, tenant_id, tenant_id || '|webhook|' || webhook_id || '|' || id as place,
          wrapped_key, wrapping_key
        from webhook_secret
        where wrapping_key <> :newest and id > :after
        order by id limit :most
        """,
        """
        update webhook_secret set wrapped_key = :again, wrapping_key = :newest
        where id = :id and wrapped_key = :before
        """);

    private final String older;
    private final String update;

    Table(String older, String update) {
      this.older = older;
      this.update = update;
    }
  }

  private record Row(UUID id, UUID tenantId, String place, Wrapped wrapped) {}

  private final SecretVault vault;
  private final ConnectionSecrets secrets;
  private final JdbcClient jdbc;
  private final Tasks tasks;

  KeyRotation(SecretVault vault, ConnectionSecrets secrets, JdbcClient jdbc, Tasks tasks) {
    this.vault = vault;
    this.secrets = secrets;
    this.jdbc = jdbc;
    this.tasks = tasks;
  }

  /**
   * Wraps anew whatever is not under the newest key; what cannot be opened stays and is logged.
   *
   * @return how many data keys were wrapped anew
   */
  public int rewrap() {
    return Tenancy.sweep(
        Sweeper.KEYS,
        () -> {
          try (Task task = tasks.begin(RunningJob.Kind.KEY_REWRAP, PLATFORM, PLATFORM)) {
            return rewrapAll(task);
          }
        });
  }

  private int rewrapAll(Task task) {
    String newest = vault.newestKey();
    int done = 0;
    for (Table table : Table.values()) {
      List<Row> rows = older(table, newest, FIRST);
      while (!rows.isEmpty()) {
        int page = rows.stream().mapToInt(row -> rewrapped(table, row)).sum();
        done += page;
        task.kept(page);
        rows = older(table, newest, rows.getLast().id());
      }
    }
    return done;
  }

  private List<Row> older(Table table, String newest, UUID after) {
    return jdbc.sql(table.older)
        .param("newest", newest)
        .param("after", after)
        .param("most", AT_ONCE)
        .query(
            (row, _) ->
                new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("tenant_id", UUID.class),
                    row.getString("place"),
                    new Wrapped(row.getString("wrapping_key"), row.getBytes("wrapped_key"))))
        .list();
  }

  /** Not where the secret was replaced or deleted meanwhile. */
  private int rewrapped(Table table, Row row) {
    try {
      Wrapped again =
          table == Table.CONNECTIONS
              ? secrets.rewrapped(row.tenantId(), row.id(), row.wrapped(), row.place())
              : vault.rewrapped(row.wrapped(), row.place());
      return jdbc.sql(table.update)
          .param("again", again.bytes())
          .param("newest", again.keyId())
          .param("id", row.id())
          .param("before", row.wrapped().bytes())
          .update();
    } catch (IllegalStateException e) {
      log.warn("A data key cannot be wrapped anew: {} {}", table, row.id(), e);
      return 0;
    }
  }
}
