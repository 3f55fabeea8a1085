package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.ScansForTests;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.work.LeasedTransactionManager;
import io.dorsal.work.Leases;
import io.dorsal.work.WorkSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Work goes on wherever its end could not be written. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class JobRunnerIntegrationTests {

  private static ConfigurableApplicationContext rooms;
  private static LeasedTransactionManager transactions;
  private static JobRepository repository;
  private static JobRunner runner;

  private final Caller caller = ScansForTests.someone();
  private HeldLeases leases;
  private Held held;
  private JobParameters instance;
  private int runs;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) throws Exception {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    transactions = new LeasedTransactionManager(rooms.getBean(DataSource.class));
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
    runner = new JobRunner(operators.getObject(), repository);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void hold() {
    var jobs =
        new JobsSettings(
            4, 16, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
    leases =
        new HeldLeases(
            rooms.getBean(Leases.class),
            rooms.getBean(ScanWork.class),
            rooms.getBean(WorkSettings.class),
            jobs);
    UUID scan = ScansForTests.requested(rooms, caller).id();
    held =
        leases
            .acquire(new WorkOrder(scan, caller.tenantId(), null, 1), "scan/" + scan, () -> true)
            .orElseThrow();
    instance = new JobParametersBuilder().addString("scan", scan.toString()).toJobParameters();
  }

  @AfterEach
  void giveBack() {
    leases.release(held);
    leases.destroy();
  }

  @Test
  void whatFailedIsTriedAgain() {
    assertThat(run()).isInstanceOf(Verdict.TryAgain.class);
    assertThat(run()).isInstanceOf(Verdict.Done.class);
  }

  /** The database was killed and back between the ends of a step and of its job, or before. */
  @ParameterizedTest
  @CsvSource({"FAILED,STARTED", "FAILED,UNKNOWN", "STARTED,STARTED", "UNKNOWN,UNKNOWN"})
  void whatIsLeftOpenIsTakenOver(String job, String step) {
    run();
    written("update batch.batch_job_execution set status = ? where job_execution_id = ?", job);
    written("update batch.batch_step_execution set status = ? where job_execution_id = ?", step);
    assertThat(run()).isInstanceOf(Verdict.Done.class);
    assertThat(runs).isEqualTo(2);
  }

  private Verdict run() {
    return Tenancy.in(caller.tenantId(), () -> runner.run(held, job(), instance));
  }

  private void written(String sql, String status) {
    Tenancy.run(
        caller.tenantId(),
        () -> {
          long id =
              Objects.requireNonNull(repository.getLastJobExecution("work", instance)).getId();
          assertThat(rooms.getBean(JdbcTemplate.class).update(sql, status, id)).isEqualTo(1);
        });
  }

  /** Fails the first time. */
  private Job job() {
    return new JobBuilder("work", repository)
        .start(
            new StepBuilder("step", repository)
                .tasklet(
                    (contribution, context) -> {
                      if (runs++ == 0) {
                        throw new IllegalStateException("the first time");
                      }
                      return RepeatStatus.FINISHED;
                    },
                    transactions)
                .build())
        .build();
  }
}
