package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is charged to whom. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class CallLimitsIntegrationTests {

  private static ConfigurableApplicationContext context;
  private static CallLimits limits;

  private final Caller caller =
      Caller.of(UUID.randomUUID(), UUID.randomUUID().toString(), TenantRole.MEMBER);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    context = RoomsForTests.on(database);
    // However slow the machine, it is one minute.
    context
        .getBean(JdbcTemplate.class)
        .execute(
            """
            create or replace function rate_clock() returns timestamptz language sql as
              $$ select timestamptz '2026-11-29 10:00:00Z' $$
            """);
    limits = context.getBean(CallLimits.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void anotherTokenOfTheSameUserIsCountedWithTheUserOnly() {
    for (int token = 0; token < 5; token++) {
      for (int i = 0; i < 50; i++) {
        limits.admit(caller, token + caller.actor(), 20);
      }
    }
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limits.admit(caller, "sixth" + caller.actor(), 1))
        .satisfies(e -> assertThat(e.details()).containsEntry("dimension", "USER"));
  }

  @Test
  void diagnosticsAreTenAMinute() {
    for (int i = 0; i < 10; i++) {
      limits.admitDiagnostics(caller);
    }
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limits.admitDiagnostics(caller))
        .satisfies(e -> assertThat(e.details()).containsEntry("dimension", "DIAGNOSTICS"));
  }

  @Test
  void theTwentyFirstFailedKeyOfAnAddressIsRefused() {
    ClientAddress address = ClientAddress.of("203.0.113.9:4711", null, 0).orElseThrow();
    for (int i = 0; i < 20; i++) {
      limits.failedKey(address);
    }
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limits.failedKey(address));
  }

  @Test
  void callsWithoutALoginAreCountedByAddress() {
    ClientAddress address = ClientAddress.of("203.0.113.7:4711", null, 0).orElseThrow();
    for (int i = 0; i < 60; i++) {
      limits.admitAddress(address, 60);
    }
    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> limits.admitAddress(address, 60))
        .satisfies(e -> assertThat(e.details()).containsEntry("dimension", "ADDRESS"));
    assertThat(limits.admitAddress(address, 300)).isPresent();
    assertThat(limits.admitAddress(null, 60)).isEmpty();
  }

  @Test
  void whatAnAddressHasLeftIsToldWithoutACharge() {
    ClientAddress address = ClientAddress.of("203.0.113.8:4711", null, 0).orElseThrow();
    for (int i = 0; i < 3; i++) {
      assertThat(limits.left(address).map(Budget::remaining)).contains(300);
    }
    for (int i = 0; i < 10; i++) {
      limits.admitAddress(address, 300);
    }
    assertThat(limits.left(address).map(Budget::remaining)).contains(290);
    assertThat(limits.left(null)).isEmpty();
  }
}
