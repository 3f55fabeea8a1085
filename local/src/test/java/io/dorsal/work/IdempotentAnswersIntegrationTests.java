package io.dorsal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class IdempotentAnswersIntegrationTests {

  private static ConfigurableApplicationContext context;
  private static IdempotentAnswers answers;

  private final UUID tenant = UUID.randomUUID();
  private final AtomicInteger acts = new AtomicInteger();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    context = RoomsForTests.on(database);
    answers = context.getBean(IdempotentAnswers.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void firstAnswerIsReplayedAndNothingDoneTwice() {
    assertThat(answers.once(tenant, "k", "body", this::act)).isEqualTo("answer 1");
    assertThat(answers.once(tenant, "k", "body", this::act)).isEqualTo("answer 1");
    assertThat(acts.get()).isEqualTo(1);
  }

  @Test
  void keysAndTenantsAreApart() {
    assertThat(answers.once(tenant, "a", "body", this::act)).isEqualTo("answer 1");
    assertThat(answers.once(tenant, "b", "body", this::act)).isEqualTo("answer 2");
    assertThat(answers.once(UUID.randomUUID(), "a", "body", this::act)).isEqualTo("answer 3");
  }

  @Test
  void sameKeyWithAnotherBodyIsRefused() {
    answers.once(tenant, "k", "body", this::act);
    var refusal =
        catchThrowableOfType(
            ProblemException.class, () -> answers.once(tenant, "k", "other", this::act));
    assertThat(refusal.problem()).isEqualTo(GeneralProblem.IDEMPOTENCY_KEY_REUSED);
    assertThat(acts.get()).isEqualTo(1);
  }

  @Test
  void refusedActKeepsNothing() {
    assertThatThrownBy(
            () ->
                answers.once(
                    tenant,
                    "k",
                    "body",
                    () -> {
                      context
                          .getBean(JdbcTemplate.class)
                          .update(
                              "insert into outbox (tenant_id, queue, message_id, body,"
                                  + " trace_parent) values (?, 'q', 'm', '{}', 't')",
                              tenant);
                      throw new ProblemException(GeneralProblem.NOT_FOUND, "no");
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(
            context
                .getBean(JdbcTemplate.class)
                .queryForList("select 1 from outbox where tenant_id = ?", tenant))
        .isEmpty();
    assertThat(answers.once(tenant, "k", "another body", this::act)).isEqualTo("answer 1");
  }

  @Test
  void callAtTheSameTimeWaitsAndGetsTheSameAnswer() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var first =
        CompletableFuture.supplyAsync(
            () ->
                answers.once(
                    tenant,
                    "k",
                    "body",
                    () -> {
                      begun.countDown();
                      awaitQuietly(goOn);
                      return act();
                    }));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    var second = CompletableFuture.supplyAsync(() -> answers.once(tenant, "k", "body", this::act));
    Thread.sleep(300);
    assertThat(second).isNotDone();
    goOn.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
    assertThat(acts.get()).isEqualTo(1);
  }

  @Test
  void callThatWouldWaitTooLongIsToldSo() {
    answers.once(
        tenant,
        "k",
        "body",
        () -> {
          ProblemException refusal =
              CompletableFuture.supplyAsync(
                      () ->
                          catchThrowableOfType(
                              ProblemException.class,
                              () -> answers.once(tenant, "k", "body", this::act)))
                  .join();
          assertThat(refusal.problem()).isEqualTo(GeneralProblem.IDEMPOTENCY_IN_PROGRESS);
          assertThat(refusal.problem().retryable()).isTrue();
          return act();
        });
  }

  @Test
  void afterADayTheKeyIsNewAndAnotherCallsClearingIsNotWaitedFor() {
    answers.once(tenant, "k", "body", this::act);
    context
        .getBean(JdbcTemplate.class)
        .update(
            "update idempotent_answer set created_at = now() - interval '25 hours'"
                + " where tenant_id = ?",
            tenant);
    // The act of the first call holds the cleared row; the second call still ends at once.
    String answer =
        answers.once(
            tenant,
            "other",
            "body",
            () -> {
              long begun = System.nanoTime();
              CompletableFuture.supplyAsync(() -> answers.once(tenant, "third", "body", this::act))
                  .join();
              assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(3));
              return act();
            });
    assertThat(answer).isEqualTo("answer 3");
    assertThat(answers.once(tenant, "k", "changed body", this::act)).isEqualTo("answer 4");
  }

  private String act() {
    return "answer " + acts.incrementAndGet();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
