package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what storage tells of changed files and remembers where sources have to be looked at. The
 * order of events means nothing, and an event that comes twice counts once. Thread-safe.
 */
@Component
public class StorageEvents {

  private final JdbcClient jdbc;
  private final EventSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  StorageEvents(
      JdbcClient jdbc,
      EventSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Place(UUID sourceId, UUID tenantId, String folder) {}

  /**
   * Marks every active source that holds one of the files, whichever tenant's; without effect where
   * none does. That the event is known and the marks are one transaction.
   */
  public void take(StorageEvent event) {
    Tenancy.run(
        Sweeper.STORAGE_EVENTS, () -> transaction.executeWithoutResult(status -> mark(event)));
  }

  private void mark(StorageEvent event) {
    Instant now = clock.instant();
    int first =
        jdbc.sql(
                """
                insert into storage_event (account, id, received_at) values (:account, :id, :now)
                on conflict do nothing
                """)
            .param("account", event.account())
            .param("id", event.id())
            .param("now", Timestamp.from(now))
            .update();
    if (first == 0) {
      return;
    }
    // Always in the same order, so that two events never wait for each other.
    jdbc.sql(
            """
            select distinct s.id as source_id, s.tenant_id,
                   coalesce(substring(substr(e.path, length(s.prefix) + 1) from '^.*/'), '') as folder
            from source s
              join connection c on c.tenant_id = s.tenant_id and c.id = s.connection_id
              cross join unnest(:paths) as e(path)
            where c.account_name = :account and s.container = :container and s.state = 'ACTIVE'
              and starts_with(e.path, s.prefix)
            order by source_id, folder
            """)
        .param("paths", event.paths().toArray(String[]::new))
        .param("account", event.account())
        .param("container", event.container())
        .query(
            (row, n) ->
                new Place(
                    row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3)))
        .list()
        .forEach(place -> mark(place, now));
  }

  private void mark(Place place, Instant now) {
    boolean whole =
        jdbc.sql(
                """
                insert into source_dirty as d
                    (source_id, tenant_id, whole, first_event_at, last_event_at)
                values (:source, :tenant, :whole, :now, :now)
                on conflict (tenant_id, source_id) do update
                  set last_event_at = greatest(d.last_event_at, excluded.last_event_at),
                      whole = d.whole or excluded.whole
                returning whole
                """)
            .param("source", place.sourceId())
            .param("tenant", place.tenantId())
            .param("whole", place.folder().isEmpty())
            .param("now", Timestamp.from(now))
            .query(Boolean.class)
            .single();
    if (!whole) {
      jdbc.sql(
              """
              insert into source_dirty_prefix (tenant_id, source_id, prefix, prefix_key)
              values (:tenant, :source, :prefix, sha256(convert_to(:prefix, 'UTF8')))
              on conflict do nothing
              """)
          .param("tenant", place.tenantId())
          .param("source", place.sourceId())
          .param("prefix", place.folder())
          .update();
      limit(place);
    }
  }

  private void limit(Place place) {
    jdbc.sql(
            """
            update source_dirty set whole = true
            where tenant_id = :tenant and source_id = :source
              and (select count(*) from source_dirty_prefix
                   where tenant_id = :tenant and source_id = :source) > :most
            """)
        .param("tenant", place.tenantId())
        .param("source", place.sourceId())
        .param("most", settings.mostPrefixes())
        .update();
  }

  /** Forgets the ids of events that will not come again. */
  public void forgetOld() {
    jdbc.sql("delete from storage_event where received_at < :moment")
        .param("moment", Timestamp.from(clock.instant().minus(settings.remembered())))
        .update();
  }
}
