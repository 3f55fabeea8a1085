package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.local.ServersForTests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 40-16: limits that several instances share over one database. */
class RateLimiterIntegrationTests extends LimiterFixture {

  @Test
  void whatOneInstanceLeasedAndDidNotUseIsThereForOthersSoon() {
    RateLimiter one = instance();
    RateLimiter other = instance();
    for (int i = 0; i < 20; i++) {
      assertThat(passes(one, Dimension.TOKEN, 1_000, 1)).isTrue();
    }
    pass(1_001);
    one.sweep();
    int more = 0;
    while (passes(other, Dimension.TOKEN, 1_000, 1)) {
      more++;
    }
    assertThat(more).isEqualTo(980);
  }

  @Test
  void aBusyCallerCostsFewStatements() {
    RateLimiter instance = instance();
    for (int i = 0; i < 1_000; i++) {
      List<RateLimiter.Charge> charges =
          List.of(
              charge(Dimension.TOKEN, 1_000, 1),
              charge(Dimension.USER, 5_000, 1),
              charge(Dimension.TENANT, 50_000, 1));
      instance.admit(charges);
    }
    assertThat(statements.get()).isLessThan(150);
  }

  @Test
  void scenario17FiftyFirstSemanticSearchOfAMinuteIsRefused() {
    RateLimiter instance = instance();
    for (int i = 0; i < 50; i++) {
      assertThat(passes(instance, Dimension.TOKEN, 1_000, 20)).isTrue();
    }
    assertThat(passes(instance, Dimension.TOKEN, 1_000, 20)).isFalse();
    assertThat(passes(instance, Dimension.TOKEN, 1_000, 1)).isFalse();
  }

  @Test
  void aRefusalTellsTheDimensionAndWhenToComeBack() {
    RateLimiter instance = instance();
    assertThat(passes(instance, Dimension.USER, 10, 8)).isTrue();
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(
            () ->
                instance.admit(
                    List.of(charge(Dimension.USER, 10, 3), charge(Dimension.TENANT, 1_000, 3))))
        .satisfies(
            e -> {
              assertThat(e.details())
                  .containsEntry("dimension", "USER")
                  .containsEntry("limit", 10)
                  .containsEntry("window_seconds", 60);
              assertThat(e.retryAfter()).isEqualTo(62);
              assertThat(e.budget().remaining()).isZero();
            });
    // What is small enough still passes, and the refused call took nothing of the tenant.
    Budget left = instance.admit(List.of(charge(Dimension.USER, 10, 2)));
    assertThat(left.remaining()).isZero();
  }

  @Test
  void manyCallersOfOneTenantAtOnceNeverWaitInARing() throws Exception {
    List<RateLimiter> three = List.of(instance(), instance(), instance());
    var done = new AtomicInteger();
    List<Thread> threads =
        IntStream.range(0, 30)
            .mapToObj(
                n ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int i = 0; i < 40; i++) {
                                three
                                    .get(i % 3)
                                    .admit(
                                        List.of(
                                            named(Dimension.TENANT, "all", 50_000),
                                            named(Dimension.TOKEN, "t" + n, 1_000),
                                            named(Dimension.USER, "u" + n % 4, 5_000)));
                              }
                              done.incrementAndGet();
                            }))
            .toList();
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(done.get()).isEqualTo(30);
    assertThat(deadlocks()).isZero();
  }

  @Test
  void withoutTheStoreCallsPassAndAreCounted(ServersForTests.Postgres postgres) {
    HikariDataSource gone = postgres.migrated();
    RateLimiter instance = instance(new RateRows(gone));
    gone.close();
    for (int i = 0; i < 30; i++) {
      assertThat(passes(instance, Dimension.TOKEN, 10, 1)).isTrue();
    }
    assertThat(instance.passedUncounted()).isEqualTo(30);
  }

  @Test
  void windowsThatAreOverAreForgotten() {
    RateLimiter instance = instance();
    passes(instance, Dimension.TOKEN, 10, 1);
    jdbc.update("update rate_window set touched_at = now() - interval '3 minutes'");
    new RateRows(database).forgetOld();
    assertThat(jdbc.queryForObject("select count(*) from rate_window", Long.class)).isZero();
    assertThat(
            jdbc.queryForObject(
                "select relpersistence::text from pg_class where relname = 'rate_window'",
                String.class))
        .isEqualTo("u");
  }

  private static long deadlocks() {
    Long found =
        jdbc.queryForObject(
            "select deadlocks from pg_stat_database where datname = current_database()",
            Long.class);
    return found == null ? -1 : found;
  }
}
