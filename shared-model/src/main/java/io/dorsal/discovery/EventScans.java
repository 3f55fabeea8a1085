package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts scans of what events told of, once it is quiet. Any number of processes may do it at once:
 * the marks of a source and its scan are one transaction under the row lock of its mark. What is
 * marked while a scan runs stays marked, and one further scan follows. Thread-safe.
 */
@Component
public class EventScans {

  private static final Logger log = LoggerFactory.getLogger(EventScans.class);

  private static final String DUE =
      """
      (d.last_event_at <= :quiet or d.first_event_at <= :longest)
      and not exists (select 1 from scan s where s.source_id = d.source_id
                      and s.trigger_kind = 'EVENT' and s.requested_at > :apart)
      and not exists (select 1 from tenant t where t.id = d.tenant_id and t.status <> 'ACTIVE')
      """;

  private final JdbcClient jdbc;
  private final SourceRows sources;
  private final ScanStarts starts;
  private final EventSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  EventScans(
      JdbcClient jdbc,
      SourceRows sources,
      ScanStarts starts,
      EventSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.starts = starts;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Mark(UUID sourceId, UUID tenantId, boolean whole) {}

  /**
   * Starts every scan that is due. A source whose scan fails to begin keeps its marks and does not
   * hinder the others.
   *
   * @return how many began
   */
  public int startDue() {
    Instant now = clock.instant();
    int begun = 0;
    for (Mark mark : Tenancy.sweep(Sweeper.STORAGE_EVENTS, () -> due(now))) {
      UUID source = mark.sourceId();
      try {
        begun +=
            Tenancy.in(
                mark.tenantId(),
                () -> Objects.requireNonNull(transaction.execute(status -> start(source, now))));
      } catch (RuntimeException e) {
        log.error("The event scan of source {} could not begin", source, e);
      }
    }
    return begun;
  }

  private List<Mark> due(Instant now) {
    String marks =
        "select d.source_id, d.tenant_id, d.whole from source_dirty d where " + DUE + " order by 1";
    return timed(marks, now).query(Mark.class).list();
  }

  private int start(UUID sourceId, Instant now) {
    String held =
        "select source_id, tenant_id, whole from source_dirty d where d.source_id = :source and "
            + DUE
            + " for update skip locked";
    Optional<Mark> mark = timed(held, now).param("source", sourceId).query(Mark.class).optional();
    if (mark.isEmpty()) {
      return 0;
    }
    RegisteredSource source = sources.hold(sourceId, mark.get().tenantId()).orElseThrow();
    if (source.state() != SourceState.ACTIVE) {
      clear(sourceId);
      return 0;
    }
    if (starts.unscannable(source).isPresent() || starts.running(source).isPresent()) {
      return 0;
    }
    List<String> prefixes = mark.get().whole() ? List.of() : prefixes(sourceId);
    clear(sourceId);
    var plan = ScanPlan.automatic(ScanTrigger.EVENT, ScanMode.INCREMENTAL, prefixes, "events");
    Scan scan = starts.begin(source, plan);
    log.info("Events start a scan of {} places scan={}", prefixes.size(), scan.id());
    return 1;
  }

  /** The marked folders without those that lie within another. */
  private List<String> prefixes(UUID sourceId) {
    List<String> outer = new ArrayList<>();
    jdbc.sql("select prefix from source_dirty_prefix where source_id = :source order by prefix")
        .param("source", sourceId)
        .query(String.class)
        .list()
        .forEach(
            prefix -> {
              if (outer.isEmpty() || !prefix.startsWith(outer.getLast())) {
                outer.add(prefix);
              }
            });
    return outer;
  }

  private void clear(UUID sourceId) {
    jdbc.sql("delete from source_dirty where source_id = :source")
        .param("source", sourceId)
        .update();
  }

  private JdbcClient.StatementSpec timed(String sql, Instant now) {
    return jdbc.sql(sql)
        .param("quiet", Timestamp.from(now.minus(settings.quiet())))
        .param("longest", Timestamp.from(now.minus(settings.longestWait())))
        .param("apart", Timestamp.from(now.minus(settings.apart())));
  }
}
