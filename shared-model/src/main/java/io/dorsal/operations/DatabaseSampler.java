package io.dorsal.operations;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The connections of this process, and how long the oldest transaction of all processes lasts. */
@Component
class DatabaseSampler implements Sampler {

  private final ObjectProvider<DataSource> sources;
  private final JdbcClient jdbc;

  DatabaseSampler(ObjectProvider<DataSource> sources, JdbcClient jdbc) {
    this.sources = sources;
    this.jdbc = jdbc;
  }

  @Override
  public List<Sample> sample() throws SQLException {
    List<Sample> samples = new ArrayList<>();
    for (DataSource source : sources.stream().toList()) {
      if (source.isWrapperFor(HikariDataSource.class)) {
        HikariPoolMXBean pool = source.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        if (pool != null) {
          samples.add(Sample.of(Metric.DB_POOL, pool.getActiveConnections(), "active"));
          samples.add(Sample.of(Metric.DB_POOL, pool.getIdleConnections(), "idle"));
          samples.add(Sample.of(Metric.DB_POOL, pool.getThreadsAwaitingConnection(), "pending"));
        }
      }
    }
    samples.add(Sample.of(Metric.DB_OLDEST, Tenancy.sweep(Sweeper.OPERATIONS, this::oldest)));
    return samples;
  }

  /** Only the sweepers' role sees what others run. */
  private double oldest() {
    return jdbc.sql(
            """
            select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)
            from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """)
        .query(Double.class)
        .single();
  }
}
