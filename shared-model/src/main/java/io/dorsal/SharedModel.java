package io.dorsal;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Brings the rooms of this module into an application context; each deployable imports it. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/dorsal/shared-model.properties")
@ComponentScan({
  "io.dorsal.access",
  "io.dorsal.accounts",
  "io.dorsal.apikeys",
  "io.dorsal.catalog",
  "io.dorsal.operations",
  "io.dorsal.work",
  "io.dorsal.mail",
  "io.dorsal.connections",
  "io.dorsal.sources",
  "io.dorsal.discovery",
  "io.dorsal.support",
  "io.dorsal.webhooks"
})
@ConfigurationPropertiesScan({
  "io.dorsal.access",
  "io.dorsal.accounts",
  "io.dorsal.operations",
  "io.dorsal.work",
  "io.dorsal.mail",
  "io.dorsal.connections",
  "io.dorsal.sources",
  "io.dorsal.discovery",
  "io.dorsal.webhooks"
})
@EnableJdbcRepositories({"io.dorsal.connections", "io.dorsal.discovery"})
public class SharedModel {

  @Bean
  Clock clock() {
    // PostgreSQL keeps microseconds: what is answered now equals what is read later.
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }
}
