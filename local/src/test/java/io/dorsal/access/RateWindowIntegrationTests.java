package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 40-16: what the minute admits, whatever instances, threads and the store do. */
class RateWindowIntegrationTests extends LimiterFixture {

  @Test
  void scenario16NoMinuteHoldsMoreThanTheLimitHoweverManyInstancesAndThreadsTry() throws Exception {
    int limit = 400;
    List<RateLimiter> three = List.of(instance(), instance(), instance());
    var passed = new ConcurrentLinkedQueue<Long>();
    var random = new Random(16);
    long now = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (now < 150_000) {
        long moment = now;
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--) {
          RateLimiter instance = three.get(i % 3);
          calls.add(() -> passes(instance, Dimension.TOKEN, limit, 1) && passed.add(moment));
        }
        for (Future<Boolean> call : threads.invokeAll(calls)) {
          call.get();
        }
        int step = 20 + random.nextInt(380);
        pass(step);
        now += step;
        three.forEach(RateLimiter::sweep);
      }
    }
    List<Long> inOrder = passed.stream().sorted().toList();
    assertThat(inOrder.stream().filter(at -> at < 60_000).count())
        .isBetween(limit * 96L / 100, (long) limit);
    assertThat(inOrder).as("the window slid").hasSizeGreaterThan(limit * 2 - 50);
    for (long from : inOrder) {
      assertThat(inOrder.stream().filter(at -> at >= from && at <= from + 60_000).count())
          .isLessThanOrEqualTo(limit);
    }
    assertThat(three).allSatisfy(each -> assertThat(each.passedUncounted()).isZero());
  }

  @Test
  void anAnswerThatComesLateCountsForTheCallThatAskedAndForNoOther() {
    var rows = new RateRows(database, PATIENT_SECONDS);
    var slow =
        new Stored(rows) {
          @Override
          public List<Grant> take(List<Question> questions) {
            List<Grant> grants = super.take(questions);
            pass(1_500);
            return grants;
          }
        };
    RateLimiter late = instance(slow);
    for (int i = 0; i < 30; i++) {
      assertThat(passes(late, Dimension.TOKEN, 1_000, 1)).isTrue();
    }
    late.sweep();
    assertThat(late.passedUncounted()).isZero();
    assertThat(
            jdbc.queryForObject(
                "select sum(u) from rate_window w, unnest(w.units) u where w.key = ?",
                Long.class,
                RateKeys.of(Dimension.TOKEN, caller)))
        .isEqualTo(30);
  }
}
