package io.dorsal.jobs.intake;

import io.dorsal.work.LeasedTransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Runs a job on this thread under a lease, going on where an earlier execution ended or died.
 * Thread-safe.
 */
@Component
class JobRunner {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private final JobOperator operator;
  private final JobRepository repository;

  JobRunner(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  /** What came of it; never throws. */
  Verdict run(Held held, Job job, JobParameters parameters) {
    List<Throwable> failures = new ArrayList<>();
    boolean[] completed = {false};
    LeasedTransactionManager.runUnder(
        held.lease(), () -> completed[0] = completes(job, parameters, failures));
    return completed[0] ? new Verdict.Done() : Verdict.of(failures);
  }

  /**
   * Ends what is left running of a job that nobody will run again: its worker died between its last
   * commit and its end.
   */
  void closeDead(Held held, String job, JobParameters parameters) {
    LeasedTransactionManager.runUnder(held.lease(), () -> recoverDead(job, parameters));
  }

  private boolean completes(Job job, JobParameters parameters, List<Throwable> failures) {
    try {
      recoverDead(job.getName(), parameters);
      JobExecution execution = operator.start(job, parameters);
      if (execution.getStatus() == BatchStatus.COMPLETED) {
        return true;
      }
      failures.addAll(execution.getAllFailureExceptions());
      return false;
    } catch (JobInstanceAlreadyCompleteException e) {
      return true;
    } catch (JobExecutionException | RuntimeException e) {
      failures.add(e);
      return false;
    }
  }

  /**
   * An execution left running belongs to a worker whose lease is ours now. UNKNOWN means that its
   * end could not be written, and a step may be left running where the job's own end could again;
   * results, checkpoint and counters are one commit, so all may go on from the checkpoint.
   */
  private void recoverDead(String job, JobParameters parameters) {
    JobExecution last = repository.getLastJobExecution(job, parameters);
    if (last == null || !leftOpen(last)) {
      return;
    }
    log.info("Taking over {} where its worker left it", job);
    last.getStepExecutions().stream()
        .filter(step -> step.getStatus() == BatchStatus.UNKNOWN)
        .forEach(step -> step.setStatus(BatchStatus.STARTED));
    last.setStatus(BatchStatus.STARTED);
    operator.recover(last);
  }

  private static boolean leftOpen(JobExecution execution) {
    return Stream.concat(
            Stream.of(execution.getStatus()),
            execution.getStepExecutions().stream().map(StepExecution::getStatus))
        .anyMatch(status -> status.isRunning() || status == BatchStatus.UNKNOWN);
  }
}
