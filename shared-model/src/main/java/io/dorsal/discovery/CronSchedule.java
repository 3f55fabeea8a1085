package io.dorsal.discovery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The five fields of crontab(5) on the clocks of a place: where both day fields are restricted, a
 * day that matches either fires. Times are reckoned on the wall clock first, so a clock change has
 * these effects and no others: what falls into the hour that is left out fires once at the first
 * minute after it, and what falls into the hour that comes twice fires in its first pass only.
 * Immutable.
 */
final class CronSchedule {

  /** No two fires may be closer. */
  static final Duration CLOSEST = Duration.ofMinutes(15);

  /** Two leap years, so that 29 February meets its neighbors. */
  private static final int YEARS = 8;

  private static final LocalDate BEGIN = LocalDate.of(2024, 1, 1);

  private static final String VALUE = "([0-9]{1,2}|[A-Za-z]{3})";
  private static final String PART = "(\\*|" + VALUE + "(-" + VALUE + ")?)(/[0-9]{1,2})?";

  /** As crontab has it; Spring's parser knows more signs. */
  private static final String FIELD = PART + "(," + PART + ")*";

  /** One, or two where either day field suffices. */
  private final List<CronExpression> days;

  private final CronExpression times;
  private final ZoneId zone;

  private CronSchedule(List<CronExpression> days, CronExpression times, ZoneId zone) {
    this.days = days;
    this.times = times;
    this.zone = zone;
  }

  /** Empty where it is no cron of five fields, or one that never fires. */
  static Optional<CronSchedule> parse(String cron, ZoneId zone) {
    String[] fields = cron.strip().split("\\s+");
    if (fields.length != 5 || !Stream.of(fields).allMatch(field -> field.matches(FIELD))) {
      return Optional.empty();
    }
    String dayOfMonth = fields[2];
    String month = fields[3];
    String dayOfWeek = fields[4];
    try {
      List<CronExpression> days = new ArrayList<>();
      if (dayOfMonth.startsWith("*") || dayOfWeek.startsWith("*")) {
        days.add(day(dayOfMonth, month, dayOfWeek));
      } else {
        days.add(day(dayOfMonth, month, "*"));
        days.add(day("*", month, dayOfWeek));
      }
      var times = CronExpression.parse("0 " + fields[0] + " " + fields[1] + " * * *");
      var schedule = new CronSchedule(List.copyOf(days), times, zone);
      return Optional.of(schedule).filter(each -> each.nextDay(BEGIN) != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static CronExpression day(String dayOfMonth, String month, String dayOfWeek) {
    return CronExpression.parse("0 0 0 " + dayOfMonth + " " + month + " " + dayOfWeek);
  }

  /** Whether two fires are closer than {@link #CLOSEST} on the wall clock. */
  boolean tooFrequent() {
    LocalDateTime first = Objects.requireNonNull(times.next(beforeDay(BEGIN)));
    LocalDateTime last = first;
    for (LocalDateTime next = times.next(first);
        next != null && next.toLocalDate().equals(BEGIN);
        next = times.next(next)) {
      if (Duration.between(last, next).compareTo(CLOSEST) < 0) {
        return true;
      }
      last = next;
    }
    Duration overMidnight = Duration.between(last, first.plusDays(1));
    return overMidnight.compareTo(CLOSEST) < 0 && firesOnNeighboringDays();
  }

  private boolean firesOnNeighboringDays() {
    LocalDate end = BEGIN.plusYears(YEARS);
    LocalDate day = nextDay(BEGIN);
    while (day != null && day.isBefore(end)) {
      LocalDate next = nextDay(day.plusDays(1));
      if (day.plusDays(1).equals(next)) {
        return true;
      }
      day = next;
    }
    return false;
  }

  /** The first fire later than this; empty where there is none. */
  Optional<Instant> after(Instant moment) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
    for (LocalDateTime next = nextLocal(local); next != null; next = nextLocal(next)) {
      Instant fire = instant(next);
      if (fire.isAfter(moment)) {
        return Optional.of(fire);
      }
    }
    return Optional.empty();
  }

  private Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    // Of two passes ofLocal takes the earlier; a time left out counts as the end of the gap.
    return change != null && change.isGap()
        ? change.getInstant()
        : ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }

  private @Nullable LocalDateTime nextLocal(LocalDateTime after) {
    LocalDate today = nextDay(after.toLocalDate());
    if (today == null) {
      return null;
    }
    LocalDateTime from = today.equals(after.toLocalDate()) ? after : beforeDay(today);
    LocalDateTime next = Objects.requireNonNull(times.next(from));
    if (next.toLocalDate().equals(today)) {
      return next;
    }
    LocalDate later = nextDay(today.plusDays(1));
    return later == null ? null : times.next(beforeDay(later));
  }

  /** The first day from this one on that matches. */
  private @Nullable LocalDate nextDay(LocalDate from) {
    return days.stream()
        .map(expression -> expression.next(beforeDay(from)))
        .filter(Objects::nonNull)
        .map(LocalDateTime::toLocalDate)
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  private static LocalDateTime beforeDay(LocalDate day) {
    return day.atTime(LocalTime.MIDNIGHT).minusNanos(1);
  }
}
