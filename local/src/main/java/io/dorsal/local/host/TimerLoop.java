package io.dorsal.local.host;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fires one timer function, one call at a time; occurrences during a call are left out. It ends
 * when the host's {@link InFlight} closes.
 */
final class TimerLoop {

  private static final Logger log = LoggerFactory.getLogger(TimerLoop.class);

  private static final Duration STEP = Duration.ofSeconds(1);

  private final LoadedFunction function;
  private final Trigger.Timer trigger;
  private final CronExpression schedule;
  private final Clock clock;
  private final InFlight inFlight;
  private final Thread thread;

  /**
   * Ready to be started.
   *
   * @throws IllegalArgumentException if the schedule is not six NCRONTAB fields
   */
  TimerLoop(LoadedFunction function, Trigger.Timer trigger, Clock clock, InFlight inFlight) {
    this.function = function;
    this.trigger = trigger;
    this.clock = clock;
    this.inFlight = inFlight;
    schedule = parse(trigger.schedule());
    thread = Thread.ofPlatform().name("timer-" + function.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** NCRONTAB knows none of the further signs that Spring's parser accepts. */
  static CronExpression parse(String schedule) {
    if (schedule.strip().split("\\s+").length != 6
        || !schedule.matches("[-0-9*,/\\sA-Za-z]+")
        || schedule.matches("(?i).*(\\d[LW]|\\bL|\\bLW).*")) {
      throw new IllegalArgumentException(
          "The schedule " + schedule + " is not NCRONTAB with six fields");
    }
    return CronExpression.parse(schedule);
  }

  private void run() {
    ZonedDateTime last = null;
    if (trigger.runOnStartup()) {
      last = now();
      fire(last, null, false);
    }
    for (ZonedDateTime due = schedule.next(now()); due != null; due = schedule.next(now())) {
      if (!await(due)) {
        return;
      }
      ZonedDateTime following = schedule.next(due);
      // Asleep, stopped or starved through a whole period: this call is late.
      boolean late = following != null && following.isBefore(now());
      if (!fire(due, last, late)) {
        return;
      }
      last = due;
    }
  }

  private boolean await(ZonedDateTime due) {
    try {
      while (now().isBefore(due)) {
        // In short steps, so that a stop or a clock set anew is noticed.
        if (!inFlight.open()) {
          return false;
        }
        Duration left = Duration.between(now(), due).plusMillis(1);
        Thread.sleep(left.compareTo(STEP) < 0 ? left : STEP);
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /**
   * Calls the function beside its schedule.
   *
   * @return whether it succeeded
   */
  boolean runNow() {
    return call(now(), null, false);
  }

  private boolean fire(ZonedDateTime due, @Nullable ZonedDateTime last, boolean late) {
    if (!inFlight.enter()) {
      return false;
    }
    try {
      call(due, last, late);
    } finally {
      inFlight.exit();
    }
    return true;
  }

  private boolean call(ZonedDateTime due, @Nullable ZonedDateTime last, boolean late) {
    Invocation invocation =
        Invocation.of(new Invocation.Payload.Message(status(due, last, late)), Map.of(), null);
    try {
      function.call(invocation);
      return true;
    } catch (Exception | LinkageError | AssertionError e) {
      log.error("Function {} failed, invocation {}", function.name(), invocation.id(), e);
      return false;
    }
  }

  /** The timer's JSON as the real host writes it. */
  private Body status(ZonedDateTime due, @Nullable ZonedDateTime last, boolean late) {
    ZonedDateTime next = schedule.next(due);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("Last", last == null ? "0001-01-01T00:00:00+00:00" : text(last));
    status.put("LastUpdated", text(now()));
    status.put("Next", next == null ? "0001-01-01T00:00:00+00:00" : text(next));
    Map<String, Object> timer = new LinkedHashMap<>();
    timer.put("Schedule", Map.of("AdjustForDST", true));
    timer.put("ScheduleStatus", status);
    timer.put("IsPastDue", late);
    return Body.of(JsonMapper.shared().writeValueAsString(timer));
  }

  private static String text(ZonedDateTime time) {
    return time.toOffsetDateTime().toString().replaceFirst("Z$", "+00:00");
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock.withZone(ZoneOffset.UTC));
  }
}
