package io.dorsal.operations;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The version of the database's schema, a number that rises by one with each release that migrates.
 * A program works with its own and the next one, so that it may stay or come back while the
 * database is one ahead. Thread-safe.
 */
@Component
public class SchemaVersion implements ReadinessCheck {

  /** What the migrations of this program lead to; the last of them writes it. */
  public static final int OF_THIS_PROGRAM = 1;

  private final JdbcClient jdbc;

  SchemaVersion(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether this program can work with that version. */
  static boolean fits(int version) {
    return version == OF_THIS_PROGRAM || version == OF_THIS_PROGRAM + 1;
  }

  /** Stands before the database of each deployable. */
  @Component
  static class Guard implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof DataSource database && !(bean instanceof SchemaGuardedDataSource)
          ? new SchemaGuardedDataSource(database)
          : bean;
    }
  }

  /** Whether work may be taken now; a database that is away says nothing against it. */
  public boolean fits() {
    try {
      check();
      return true;
    } catch (DataAccessException e) {
      return SchemaMismatchException.in(e).isEmpty();
    }
  }

  @Override
  public String name() {
    return "schema";
  }

  /** A connection is given out only where it fits. */
  @Override
  public void check() {
    jdbc.sql("select 1").query(Integer.class).single();
  }
}
