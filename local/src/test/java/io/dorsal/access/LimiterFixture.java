package io.dorsal.access;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.local.ServersForTests;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Instances over one database. Time is the test's own, for them and the database alike, so that a
 * slow machine changes nothing.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
abstract class LimiterFixture {

  static final AtomicLong NANOS = new AtomicLong(7);
  static final int PATIENT_SECONDS = 120;

  static HikariDataSource database;
  static JdbcTemplate jdbc;

  final String caller = UUID.randomUUID().toString();
  final List<RateLimiter> instances = new ArrayList<>();
  final AtomicInteger statements = new AtomicInteger();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    database = postgres.migrated();
    jdbc = new JdbcTemplate(database);
    jdbc.execute("create table test_clock as select timestamptz '2026-11-29 10:00:00.4Z' as at");
    jdbc.execute(
        """
        create or replace function rate_clock() returns timestamptz language sql volatile as
          'select at from test_clock'
        """);
  }

  static void pass(long millis) {
    jdbc.update("update test_clock set at = at + ? * interval '1 ms'", millis);
    NANOS.addAndGet(millis * 1_000_000);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @AfterEach
  void end() {
    instances.forEach(RateLimiter::destroy);
  }

  RateLimiter instance() {
    return instance(new Stored(new RateRows(database, PATIENT_SECONDS)));
  }

  RateLimiter instance(RateStore store) {
    var instance = new RateLimiter(store, Clock.systemUTC(), NANOS::get);
    instances.add(instance);
    return instance;
  }

  /** Counts what is asked. */
  class Stored implements RateStore {
    final RateStore rows;

    Stored(RateStore rows) {
      this.rows = rows;
    }

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
  }

  boolean passes(RateLimiter instance, Dimension dimension, int limit, int cost) {
    try {
      instance.admit(List.of(charge(dimension, limit, cost)));
      return true;
    } catch (RateLimitedException e) {
      return false;
    }
  }

  RateLimiter.Charge charge(Dimension dimension, int limit, int cost) {
    return new RateLimiter.Charge(dimension, RateKeys.of(dimension, caller), limit, cost);
  }

  RateLimiter.Charge named(Dimension dimension, String name, int limit) {
    return new RateLimiter.Charge(dimension, RateKeys.of(dimension, caller + name), limit, 1);
  }
}
