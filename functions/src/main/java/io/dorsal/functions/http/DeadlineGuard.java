package io.dorsal.functions.http;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Holds whatever a call does in the database to the call's {@link Deadline}. */
@Configuration(proxyBeanMethods = false)
class DeadlineGuard {

  /** Statements are canceled at the deadline, and none begins behind it. */
  @Bean
  JdbcTemplate jdbcTemplate(DataSource database) {
    return new JdbcTemplate(database) {
      @Override
      protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        if (Deadline.CURRENT.isBound()) {
          Deadline deadline = Deadline.CURRENT.get();
          deadline.require();
          DataSourceUtils.applyTimeout(statement, database, deadline.secondsLeft());
        }
      }
    };
  }

  /** Transactions are rolled back whose commit would come behind the deadline. */
  @Bean
  TransactionExecutionListener commitsInTime() {
    return new TransactionExecutionListener() {
      @Override
      public void beforeCommit(TransactionExecution transaction) {
        if (Deadline.CURRENT.isBound()) {
          Deadline.CURRENT.get().beginCommit();
        }
      }

      @Override
      public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        if (Deadline.CURRENT.isBound()) {
          Deadline.CURRENT.get().endCommit();
        }
      }
    };
  }
}
