package io.dorsal.local;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.SharedModel;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenancyDataSource;
import io.dorsal.work.LeasedTransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * The rooms of shared-model on a database of their own, as a worker has them. A test is the owner
 * of the database until it binds a {@link Tenancy}; what rooms bind themselves has its full effect.
 */
public final class RoomsForTests {

  private RoomsForTests() {}

  /**
   * A context on the database of this environment; more of them are more processes.
   *
   * @param more configuration added to the rooms'
   */
  public static ConfigurableApplicationContext on(Map<String, String> database, Class<?>... more) {
    Map<String, Object> properties = new LinkedHashMap<>(database);
    properties.put("dorsal.profile", "local");
    properties.put("dorsal.key-file", "target/rooms.key");
    properties.put("dorsal.heartbeat", "100ms");
    properties.put("dorsal.stale-after", "700ms");
    return new SpringApplicationBuilder(Rooms.class)
        .sources(more)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false")
        .properties("spring.config.location=optional:classpath:/no-deployable/")
        .run();
  }

  @Configuration(proxyBeanMethods = false)
  @Import(SharedModel.class)
  @EnableTransactionManagement
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    DataJdbcRepositoriesAutoConfiguration.class
  })
  static class Rooms {
    @Bean
    static OwnersPool testsOutsideOfTenancies(Environment settings) {
      return new OwnersPool(settings);
    }

    @Bean
    LeasedTransactionManager transactionManager(DataSource dataSource) {
      return new LeasedTransactionManager(dataSource);
    }
  }

  /** Gives out the owner's connections where no tenancy is bound. */
  private static final class OwnersPool
      implements DestructionAwareBeanPostProcessor, PriorityOrdered {
    private final HikariDataSource owner;

    OwnersPool(Environment settings) {
      Map<String, String> database = new LinkedHashMap<>();
      for (String name :
          List.of(
              "DORSAL_DATABASE_URL",
              "DORSAL_MIGRATE_DATABASE_USER",
              "DORSAL_MIGRATE_DATABASE_PASSWORD")) {
        database.put(name, settings.getRequiredProperty(name));
      }
      owner = ServersForTests.Postgres.pool(database);
    }

    /** Before the schema's guard, which hides what it guards. */
    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof TenancyDataSource rooms ? outsideOfTenancies(rooms) : bean;
    }

    private DelegatingDataSource outsideOfTenancies(TenancyDataSource rooms) {
      return new DelegatingDataSource(rooms) {
        @Override
        public Connection getConnection() throws SQLException {
          return Tenancy.CURRENT.isBound() ? rooms.getConnection() : owner.getConnection();
        }
      };
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
      owner.close();
    }

    @Override
    public boolean requiresDestruction(Object bean) {
      return bean instanceof TenancyDataSource;
    }
  }
}
