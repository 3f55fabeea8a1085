package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTests {

  private static final Instant BEGIN = Instant.parse("2026-11-29T08:00:00Z");

  private static Delivery fresh() {
    return new Delivery(
        UUID.randomUUID(),
        1,
        UUID.randomUUID(),
        UUID.randomUUID(),
        "scan.finished",
        DeliveryState.WAITING,
        0,
        BEGIN,
        BEGIN,
        null,
        null,
        null,
        null);
  }

  // 40-28
  @Test
  void eightAttemptsEachCountedFromTheOneBefore() {
    Delivery delivery = fresh();
    Instant now = BEGIN;
    List<Duration> waits = new ArrayList<>();
    while (delivery.state() == DeliveryState.WAITING) {
      // The attempt comes late; what follows is counted from it.
      now = now.plusSeconds(7);
      delivery = delivery.after(new Delivery.Attempt(now, 503, DeliveryError.STATUS_NOT_2XX));
      if (delivery.nextAt() != null) {
        waits.add(Duration.between(now, delivery.nextAt()));
        now = delivery.nextAt();
      }
    }
    assertThat(waits)
        .containsExactly(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));
    assertThat(delivery.attempts()).isEqualTo(8);
    assertThat(delivery.state()).isEqualTo(DeliveryState.DROPPED);
    assertThat(delivery.endedAt()).isEqualTo(now);
    assertThat(delivery.lastStatus()).isEqualTo(503);
  }

  @Test
  void anAnswerOf2xxEndsItAndAForgottenEntryDropsItAtOnce() {
    Delivery delivered = fresh().after(new Delivery.Attempt(BEGIN, 204, null));
    assertThat(delivered.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivered.nextAt()).isNull();
    Delivery forgotten =
        fresh().after(new Delivery.Attempt(BEGIN, null, DeliveryError.EVENT_FORGOTTEN));
    assertThat(forgotten.state()).isEqualTo(DeliveryState.DROPPED);
    Delivery again = forgotten.again(BEGIN.plusSeconds(60));
    assertThat(again.id()).isEqualTo(forgotten.id());
    assertThat(again.attempts()).isZero();
    assertThat(again.endedAt()).isNull();
  }
}
