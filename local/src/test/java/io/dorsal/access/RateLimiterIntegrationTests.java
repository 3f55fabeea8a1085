package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.local.ServersForTests;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-16: limits that several instances share over one database. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class RateLimiterIntegrationTests {

  private static final long SECOND = 1_000_000_000L;

  private static HikariDataSource database;

  private final String caller = UUID.randomUUID().toString();
  private final List<RateLimiter> instances = new ArrayList<>();
  private final AtomicInteger statements = new AtomicInteger();

  /** A call that passed, and when it was made and answered. */
  private record Passed(long begin, long end) {}

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    database = postgres.migrated();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @AfterEach
  void end() {
    instances.forEach(RateLimiter::destroy);
  }

  @Test
  void noMinuteHoldsMoreThanTheLimitHoweverManyInstancesAndThreadsTry() throws Exception {
    int limit = 400;
    var passed = new ConcurrentLinkedQueue<Passed>();
    long begin = System.nanoTime();
    long end = begin + 75 * SECOND;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RateLimiter instance = instance();
      for (int j = 0; j < 8; j++) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (System.nanoTime() < end) {
                        long before = System.nanoTime();
                        if (passes(instance, Dimension.TOKEN, limit, 1)) {
                          passed.add(new Passed(before, System.nanoTime()));
                        }
                        pause(2);
                      }
                    }));
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    List<Passed> inOrder =
        passed.stream().sorted((a, b) -> Long.compare(a.begin(), b.begin())).toList();
    long first = inOrder.stream().filter(p -> p.end() < begin + 55 * SECOND).count();
    assertThat(first).isBetween((long) limit - 40, (long) limit);
    assertThat(inOrder).as("the window slid").hasSizeGreaterThan((int) first);
    for (Passed from : inOrder) {
      long within =
          inOrder.stream()
              .filter(p -> p.begin() >= from.begin() && p.end() <= from.begin() + 60 * SECOND)
              .count();
      assertThat(within).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void whatOneInstanceLeasedAndDidNotUseIsThereForOthersSoon() {
    RateLimiter one = instance();
    RateLimiter other = instance();
    for (int i = 0; i < 20; i++) {
      assertThat(passes(one, Dimension.TOKEN, 1_000, 1)).isTrue();
    }
    pause(1_700);
    int more = 0;
    while (passes(other, Dimension.TOKEN, 1_000, 1)) {
      more++;
    }
    assertThat(more).isBetween(960, 980);
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
    System.out.println("Statements for 1,000 admitted calls: " + statements.get());
    assertThat(statements.get()).isLessThan(150);
  }

  // 40-17
  @Test
  void theFiftyFirstSemanticSearchOfAMinuteIsRefused() {
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
              assertThat(e.retryAfter()).isBetween(59L, 63L);
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
    var instance = new RateLimiter(new RateRows(gone), Clock.systemUTC());
    instances.add(instance);
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
    var jdbc = new org.springframework.jdbc.core.JdbcTemplate(database);
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
        new org.springframework.jdbc.core.JdbcTemplate(database)
            .queryForObject(
                "select deadlocks from pg_stat_database where datname = current_database()",
                Long.class);
    return found == null ? -1 : found;
  }

  private RateLimiter instance() {
    var rows = new RateRows(database);
    RateStore counting =
        new RateStore() {
          @Override
          public List<Grant> take(List<Question> questions) {
            statements.incrementAndGet();
            return rows.take(questions);
          }

          @Override
          public void giveBack(List<Unused> unused) {
            statements.incrementAndGet();
            rows.giveBack(unused);
          }

          @Override
          public void forgetOld() {
            rows.forgetOld();
          }
        };
    var instance = new RateLimiter(counting, Clock.systemUTC());
    instances.add(instance);
    return instance;
  }

  private boolean passes(RateLimiter instance, Dimension dimension, int limit, int cost) {
    try {
      instance.admit(List.of(charge(dimension, limit, cost)));
      return true;
    } catch (RateLimitedException e) {
      return false;
    }
  }

  private RateLimiter.Charge charge(Dimension dimension, int limit, int cost) {
    return new RateLimiter.Charge(dimension, RateKeys.of(dimension, caller), limit, cost);
  }

  private RateLimiter.Charge named(Dimension dimension, String name, int limit) {
    return new RateLimiter.Charge(dimension, RateKeys.of(dimension, caller + name), limit, 1);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(Arrays.toString(e.getStackTrace()), e);
    }
  }
}
