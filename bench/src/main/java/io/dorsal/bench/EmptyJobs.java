package io.dorsal.bench;

import io.dorsal.work.LeasedTransactionManager;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Jobs shaped as a partition's is, whose reader, processor and writer do nothing. Thread-safe. */
final class EmptyJobs {

  private static final int CHUNK = 500;

  private final LeasedTransactionManager transactions;
  private final JobRepository repository;
  private final JobOperator operator;

  EmptyJobs(ApplicationContext rooms) {
    transactions = rooms.getBean(LeasedTransactionManager.class);
    try {
      var repositories = new JdbcJobRepositoryFactoryBean();
      repositories.setDataSource(rooms.getBean(DataSource.class));
      repositories.setTransactionManager(transactions);
      repositories.setTablePrefix("batch.BATCH_");
      repositories.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
      repositories.afterPropertiesSet();
      repository = repositories.getObject();
      var operators = new JobOperatorFactoryBean();
      operators.setApplicationContext(rooms);
      operators.setJobRepository(repository);
      operators.setTransactionManager(transactions);
      operators.afterPropertiesSet();
      operator = operators.getObject();
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch did not start", e);
    }
  }

  /** Runs one job over so many items. */
  void run(int items) throws Exception {
    var execution =
        operator.start(
            job(items),
            new JobParametersBuilder()
                .addString("scan", UUID.randomUUID().toString())
                .addLong("dispatch", 1L)
                .toJobParameters());
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException("Ended " + execution.getAllFailureExceptions());
    }
  }

  private Job job(int items) {
    return new JobBuilder("emptyPartition", repository)
        .start(inspect(items))
        .next(tasklet("settle"))
        .next(tasklet("finish"))
        .build();
  }

  private Step inspect(int items) {
    var next = new AtomicInteger();
    var atOnce = new SimpleAsyncTaskExecutor("empty-");
    atOnce.setVirtualThreads(true);
    return new StepBuilder("inspect", repository)
        .<Integer, Integer>chunk(CHUNK)
        .transactionManager(transactions)
        .reader(() -> read(next, items))
        .processor(item -> item)
        .writer(done -> {})
        .taskExecutor(atOnce)
        .allowStartIfComplete(true)
        .build();
  }

  private static @Nullable Integer read(AtomicInteger next, int items) {
    int item = next.getAndIncrement();
    return item < items ? item : null;
  }

  private Step tasklet(String name) {
    return new StepBuilder(name, repository)
        .tasklet((contribution, context) -> RepeatStatus.FINISHED, transactions)
        .build();
  }
}
