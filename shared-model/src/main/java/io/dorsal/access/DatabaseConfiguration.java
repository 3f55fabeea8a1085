package io.dorsal.access;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The two pools of every process: that of {@code dorsal_app} and, small, of the sweepers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataSourceProperties.class)
class DatabaseConfiguration {

  private static final int SWEEPERS_AT_ONCE = 4;
  private static final Duration KEPT_IDLE = Duration.ofMinutes(1);

  @Bean
  TenancyDataSource dataSource(DataSourceProperties database, Environment settings) {
    HikariDataSource app = pool(database, settings);
    app.setPoolName("app");
    HikariDataSource maint = pool(database, settings);
    maint.setPoolName("maint");
    maint.setUsername(settings.getRequiredProperty("dorsal.maint-database.user"));
    maint.setPassword(settings.getRequiredProperty("dorsal.maint-database.password"));
    maint.setMaximumPoolSize(SWEEPERS_AT_ONCE);
    maint.setMinimumIdle(0);
    maint.setIdleTimeout(KEPT_IDLE.toMillis());
    return new TenancyDataSource(app, maint);
  }

  /** Connects with the first call only. */
  private static HikariDataSource pool(DataSourceProperties database, Environment settings) {
    HikariDataSource pool =
        database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    // A column that the next release adds changes what a prepared "select *" gives; the first of
    // them in a transaction would fail for it, on every connection.
    pool.addDataSourceProperty("autosave", "conservative");
    Binder.get(settings).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
    return pool;
  }
}
