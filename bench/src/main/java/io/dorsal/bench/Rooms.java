package io.dorsal.bench;

import io.dorsal.SharedModel;
import io.dorsal.access.Tenancy;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.operations.TraceContext;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourceOpener;
import io.dorsal.work.LeasedTransactionManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The product's rooms in this process, on the database of a stack, as a worker has them. */
final class Rooms {

  private Rooms() {}

  static ConfigurableApplicationContext on(BenchStack stack) {
    Map<String, Object> properties = new LinkedHashMap<>(stack.stack().database().settings());
    properties.put("dorsal.profile", "local");
    properties.put("dorsal.key-file", stack.stack().directory().key("vault.key").toString());
    // Stdout belongs to the reports.
    properties.put("logging.level.root", "ERROR");
    return new SpringApplicationBuilder(Wiring.class)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false")
        .properties("spring.config.location=optional:classpath:/no-deployable/")
        .run();
  }

  /** The container of a store as a worker opens it. */
  static Source source(ApplicationContext rooms, UUID connection, BlobStore store) {
    UUID tenant = BenchStack.tenant();
    return Tenancy.in(
        tenant,
        () ->
            rooms
                .getBean(SourceOpener.class)
                .open(tenant, connection, store.container(), "", TraceContext.start()));
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
  static class Wiring {
    @Bean
    LeasedTransactionManager transactionManager(DataSource dataSource) {
      return new LeasedTransactionManager(dataSource);
    }
  }
}
