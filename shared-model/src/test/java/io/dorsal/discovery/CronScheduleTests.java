package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 10, section 2.8: cron of five fields on the clocks of an IANA zone. */
class CronScheduleTests {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

  @Test
  void inTheSpringGapItFiresAtTheFirstValidMinute() {
    // On 2026-03-29 Berlin has no 02:00 to 02:59.
    assertThat(fires("30 2 * * *", BERLIN, "2026-03-28T00:00", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void severalTimesInTheGapFireOnce() {
    assertThat(fires("0,20,40 2,3 * * *", BERLIN, "2026-03-29T00:00", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-29T03:20+02:00", "2026-03-29T03:40+02:00");
  }

  @Test
  void theHourThatComesTwiceFiresOnce() {
    // On 2026-10-25 Berlin has 02:00 to 02:59 twice.
    assertThat(fires("30 2 * * *", BERLIN, "2026-10-24T12:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(fires("0 * * * *", BERLIN, "2026-10-25T00:30", 4))
        .containsExactly(
            "2026-10-25T01:00+02:00",
            "2026-10-25T02:00+02:00",
            "2026-10-25T03:00+01:00",
            "2026-10-25T04:00+01:00");
  }

  @Test
  void askedWithinTheSecondPassItDoesNotFireAgain() {
    Instant secondPass = ZonedDateTime.parse("2026-10-25T02:10+01:00").toInstant();
    assertThat(CronSchedule.parse("30 2 * * *", BERLIN).orElseThrow().after(secondPass))
        .contains(ZonedDateTime.parse("2026-10-26T02:30+01:00").toInstant());
  }

  @Test
  void aChangeOfHalfAnHourIsNoOther() {
    assertThat(fires("15 2 * * *", LORD_HOWE, "2026-10-03T12:00", 2))
        .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
  }

  @Test
  void eitherDayFieldSufficesWhereBothAreRestricted() {
    // crontab(5): "If both fields are restricted, the command will be run when either matches."
    assertThat(fires("0 3 13 * 5", ZoneId.of("UTC"), "2026-11-01T00:00", 4))
        .containsExactly(
            "2026-11-06T03:00Z", "2026-11-13T03:00Z", "2026-11-20T03:00Z", "2026-11-27T03:00Z");
    assertThat(fires("0 3 1,13 * 1", ZoneId.of("UTC"), "2026-11-01T00:00", 3))
        .containsExactly("2026-11-01T03:00Z", "2026-11-02T03:00Z", "2026-11-09T03:00Z");
  }

  @Test
  void sundayIsZeroAndSevenAndHasAName() {
    for (String sunday : List.of("0", "7", "SUN", "sun")) {
      assertThat(fires("0 3 * * " + sunday, ZoneId.of("UTC"), "2026-11-21T00:00", 1))
          .containsExactly("2026-11-22T03:00Z");
    }
  }

  @Test
  void theLeapDayIsFound() {
    assertThat(fires("0 0 29 2 *", ZoneId.of("UTC"), "2026-11-21T00:00", 2))
        .containsExactly("2028-02-29T00:00Z", "2032-02-29T00:00Z");
  }

  /** Acceptance scenario 17, its first half. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/5 * * * *",
        "0,14 3 * * *",
        "* 3 * * *",
        "0,50 0,23 * * *",
        "50,0 0,23 * * 1,2",
        "1,10 0 1 1 *",
        "55,5 23,0 29,1 2,3 *"
      })
  void firesCloserThanAQuarterOfAnHourAreTooFrequent(String cron) {
    assertThat(CronSchedule.parse(cron, BERLIN).orElseThrow().tooFrequent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/15 * * * *",
        "0,15,30,45 * * * *",
        "0 3 * * *",
        "50 23 * * 1",
        "5,55 0,23 * * 1",
        "0,30 0,12 1 * *"
      })
  void aQuarterOfAnHourApartIsAllowed(String cron) {
    assertThat(CronSchedule.parse(cron, BERLIN).orElseThrow().tooFrequent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "0 0 3 * * *",
        "60 * * * *",
        "* 24 * * *",
        "0 3 32 * *",
        "0 3 30 2 *",
        "0 3 L * *",
        "0 3 * * 5#2",
        "0 3 ? * *",
        "0 3 1W * *",
        "@daily",
        "0 3 * * FOO",
        "a b c d e"
      })
  void whatIsNoCronOrNeverFiresIsRefused(String cron) {
    assertThat(CronSchedule.parse(cron, BERLIN)).isEmpty();
  }

  private static List<String> fires(String cron, ZoneId zone, String from, int count) {
    CronSchedule schedule = CronSchedule.parse(cron, zone).orElseThrow();
    List<String> fires = new ArrayList<>();
    Instant at = LocalDateTime.parse(from).atZone(zone).toInstant();
    for (int i = 0; i < count; i++) {
      at = schedule.after(at).orElseThrow();
      fires.add(at.atZone(zone).toOffsetDateTime().toString());
    }
    return fires;
  }
}
