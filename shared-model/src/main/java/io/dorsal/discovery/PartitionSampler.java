package io.dorsal.discovery;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Metric;
import io.dorsal.operations.Sampler;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many partitions of scans at work wait, run and are done. */
@Component
class PartitionSampler implements Sampler {

  private final JdbcClient jdbc;

  PartitionSampler(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Sample> sample() {
    return Tenancy.sweep(Sweeper.OPERATIONS, this::read);
  }

  private List<Sample> read() {
    return jdbc.sql(
            """
            select s.state, count(p.number)
            from (values ('READY'), ('RUNNING'), ('DONE'), ('POISONED')) as s(state)
                left join (select p.number, p.state from scan_partition p
                    join scan on scan.id = p.scan_id
                    where scan.state in ('LISTING', 'INSPECTING', 'PAUSED_AUTH')) p
                  on p.state = s.state
            group by s.state
            """)
        .query(
            (row, n) ->
                Sample.of(
                    Metric.SCAN_PARTITIONS,
                    row.getInt(2),
                    row.getString(1).toLowerCase(java.util.Locale.ROOT)))
        .list();
  }
}
