package io.dorsal.jobs;

import io.dorsal.work.LeasedTransactionManager;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One transaction manager for found files, counters and Spring Batch's records: all are fenced by
 * the lease.
 */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

  @Bean
  LeasedTransactionManager transactionManager(DataSource dataSource) {
    return new LeasedTransactionManager(dataSource);
  }
}
