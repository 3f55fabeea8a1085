package io.dorsal.access;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections that ask in the name of {@link Tenancy#CURRENT}: a tenant's and nobody's are {@code
 * dorsal_app}'s, a sweeper's are {@code dorsal_maint}'s, which alone sees every tenant. A
 * transaction goes on in the name in which it began, or fails. Thread-safe.
 */
public final class TenancyDataSource extends AbstractDataSource implements AutoCloseable {

  private final HikariDataSource app;
  private final HikariDataSource maint;

  TenancyDataSource(HikariDataSource app, HikariDataSource maint) {
    this.app = app;
    this.maint = maint;
  }

  @Override
  public Connection getConnection() throws SQLException {
    @Nullable Tenancy name = Tenancy.CURRENT.isBound() ? Tenancy.CURRENT.get() : null;
    HikariDataSource pool = name instanceof Tenancy.OfSweeper ? maint : app;
    return TenancyConnection.of(pool.getConnection(), name);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("Who asks is told by Tenancy.");
  }

  /** Gives the pool of {@code dorsal_app} to those who measure it. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : app.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || app.isWrapperFor(type);
  }

  @Override
  public void close() {
    app.close();
    maint.close();
  }
}
