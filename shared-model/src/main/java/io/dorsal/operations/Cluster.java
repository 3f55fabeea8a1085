package io.dorsal.operations;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which deployment this is. Replicas that answer different ids work on different databases, which
 * explains a lot. Thread-safe.
 */
@Component
class Cluster implements ReadinessCheck {

  private final JdbcClient jdbc;
  private final @Nullable String given;
  private volatile @Nullable String known;

  Cluster(JdbcClient jdbc, OperationsSettings settings) {
    this.jdbc = jdbc;
    this.given = settings.clusterId();
  }

  /** Null as long as the database was never reached. */
  @Nullable String id() {
    return given == null ? known : given;
  }

  @Override
  public String name() {
    return "database";
  }

  /** Another schema is the schema's own trouble: the database is there. */
  @Override
  public void check() {
    try {
      if (known == null) {
        known = jdbc.sql("select id::text from cluster").query(String.class).single();
      } else {
        jdbc.sql("select 1").query(Integer.class).single();
      }
    } catch (DataAccessException e) {
      if (SchemaMismatchException.in(e).isEmpty()) {
        throw e;
      }
    }
  }
}
