package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

class WorkSignalTests {

  private final WorkSignal signal = new WorkSignal();
  private final StepExecution step =
      new StepExecution(
          1L,
          "inspect",
          new JobExecution(1L, new JobInstance(1L, "inspectPartition"), new JobParameters()));

  @Test
  void letsWorkGoOnUntilTold() {
    assertThatCode(signal::mayGoOn).doesNotThrowAnyException();
    assertThatCode(() -> signal.checkInterrupted(step)).doesNotThrowAnyException();
    assertThat(signal.stopping()).isFalse();
    assertThat(step.isTerminateOnly()).isFalse();
  }

  @Test
  void drainingStopsBetweenCommitsAndLetsReadsFinish() {
    signal.drain();
    assertThat(signal.stopping()).isTrue();
    assertThatCode(signal::mayGoOn).doesNotThrowAnyException();
    assertThatThrownBy(() -> signal.checkInterrupted(step))
        .isInstanceOf(JobInterruptedException.class);
  }

  @Test
  void stepIsMarkedBeforeItEndsLestItCountAsCompleted() {
    signal.drain();
    assertThatThrownBy(() -> signal.checkInterrupted(step))
        .isInstanceOf(JobInterruptedException.class);
    assertThat(step.isTerminateOnly()).isTrue();
  }

  @Test
  void abortingStopsReadsTooAndKeepsItsFirstReason() {
    signal.abort("The scan was canceled.");
    signal.abort("The worker stops.");
    assertThatThrownBy(signal::mayGoOn)
        .isInstanceOf(WorkStoppedException.class)
        .hasMessage("The scan was canceled.");
    assertThatThrownBy(() -> signal.checkInterrupted(step))
        .isInstanceOf(JobInterruptedException.class);
  }

  @Test
  void abortingEndsARequestThatHangsAndLeavesNoInterruptBehind() throws Exception {
    var asked = new CountDownLatch(1);
    var interruptedAfterwards = new CompletableFuture<Boolean>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThatThrownBy(() -> signal.reading(() -> hang(asked)))
                      .isInstanceOf(IllegalStateException.class);
                  interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
                });
    asked.await();
    signal.abort("The worker stops.");
    assertThat(reader.join(Duration.ofSeconds(30))).isTrue();
    assertThat(interruptedAfterwards).isCompletedWithValue(false);
    assertThatThrownBy(() -> signal.reading(() -> "more")).isInstanceOf(WorkStoppedException.class);
  }

  private static String hang(CountDownLatch asked) {
    try {
      asked.countDown();
      Thread.sleep(Duration.ofMinutes(5));
      return "answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
