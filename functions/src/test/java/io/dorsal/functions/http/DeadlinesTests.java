package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.HttpCall;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class DeadlinesTests {

  private final Deadlines deadlines =
      new Deadlines(new RequestSettings(Duration.ofSeconds(1), false, 0));

  @Test
  void whatTheWorkGivesAndThrowsComesThrough() {
    assertThat(deadlines.within(() -> "done")).isEqualTo("done");
    assertThatThrownBy(
            () ->
                deadlines.within(
                    () -> {
                      throw new ProblemException(GeneralProblem.NAME_TAKEN, "Taken.");
                    }))
        .isInstanceOf(ProblemException.class)
        .hasMessage("Taken.");
  }

  @Test
  void theLogContextGoesAlongAndComesBackWithTheCaller() {
    UUID tenant = UUID.randomUUID();
    try (var _ = MDC.putCloseable("request_id", "r1")) {
      String seen =
          deadlines.within(
              () -> {
                HttpCall.identified(Caller.of(tenant, "u", TenantRole.MEMBER), null);
                return MDC.get("request_id");
              });
      assertThat(seen).isEqualTo("r1");
      assertThat(MDC.get("tenant_id")).isEqualTo(tenant.toString());
    } finally {
      MDC.clear();
    }
  }

  // 40-36
  @Test
  void workThatHangsIsAnsweredInTimeAndMayKeepNothingAfterwards() throws Exception {
    var over = new CountDownLatch(1);
    var kept = new CompletableFuture<Boolean>();
    long begin = System.nanoTime();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                deadlines.within(
                    () -> {
                      Deadline mine = Deadline.CURRENT.get();
                      awaitStubbornly(over);
                      try {
                        mine.beginCommit();
                        kept.complete(true);
                      } catch (Deadline.PassedException e) {
                        kept.complete(false);
                      }
                      return "late";
                    }))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.REQUEST_TIMEOUT));
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(10).toNanos());
    over.countDown();
    assertThat(kept.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whatWasCommittedJustInTimeIsToldAsDone() {
    String answer =
        deadlines.within(
            () -> {
              Deadline mine = Deadline.CURRENT.get();
              mine.beginCommit();
              pause(1_500);
              mine.endCommit();
              return "done";
            });
    assertThat(answer).isEqualTo("done");
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // This work does not listen.
      }
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
