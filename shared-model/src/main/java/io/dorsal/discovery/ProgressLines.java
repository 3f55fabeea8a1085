package io.dorsal.discovery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says how far a scan is: one line at each multiple of 500 files over all its partitions and one at
 * its end. Thread-safe.
 */
@Component
class ProgressLines {

  static final int EVERY = 500;

  private static final Logger log = LoggerFactory.getLogger("io.dorsal.scan");
  private static final long WINDOW = Duration.ofSeconds(60).toNanos();
  private static final long FORGET = Duration.ofHours(1).toNanos();
  private static final long SETTLING = Duration.ofSeconds(10).toNanos();

  private final Map<UUID, Deque<Seen>> seen = new ConcurrentHashMap<>();

  private record Seen(long nanos, long inspected) {}

  /**
   * One commit.
   *
   * @param before the total before it
   * @param inspected the total with it
   */
  record Step(
      UUID scanId,
      ScanPartition partition,
      long before,
      long inspected,
      long toInspect,
      long unreadable,
      Rate rate) {}

  /**
   * @param perSecond files over the last 60 s
   * @param settled whether it was watched for 10 s, so that an estimate can be built on it
   */
  record Rate(double perSecond, boolean settled) {}

  /** This process begins to work on a scan that stands at this total. */
  void began(UUID scanId, long inspected) {
    observe(scanId, inspected, System.nanoTime());
  }

  /** The rate as this process saw the total grow, also by the work of others. */
  Rate observe(UUID scanId, long inspected) {
    return observe(scanId, inspected, System.nanoTime());
  }

  Rate observe(UUID scanId, long inspected, long now) {
    // Scans that ended elsewhere are forgotten here.
    seen.entrySet().removeIf(e -> !e.getKey().equals(scanId) && silent(e.getValue(), now));
    Deque<Seen> totals = seen.computeIfAbsent(scanId, id -> new ArrayDeque<>());
    synchronized (totals) {
      while (totals.size() > 1 && now - totals.getFirst().nanos() > WINDOW) {
        totals.removeFirst();
      }
      totals.addLast(new Seen(now, inspected));
      Seen oldest = totals.getFirst();
      long elapsed = now - oldest.nanos();
      double rate = elapsed == 0 ? 0 : (inspected - oldest.inspected()) * 1e9 / elapsed;
      return new Rate(rate, elapsed >= SETTLING);
    }
  }

  private static boolean silent(Deque<Seen> totals, long now) {
    synchronized (totals) {
      return totals.isEmpty() || now - totals.getLast().nanos() > FORGET;
    }
  }

  /** Says what one commit owes, and returns it. */
  List<String> log(Step step) {
    List<String> lines = lines(step);
    lines.forEach(log::info);
    if (step.inspected() == step.toInspect()) {
      seen.remove(step.scanId());
    }
    return lines;
  }

  static List<String> lines(Step step) {
    List<String> lines = new ArrayList<>();
    for (long at = (step.before() / EVERY + 1) * EVERY; at <= step.inspected(); at += EVERY) {
      lines.add(line(step, at));
    }
    if (step.inspected() == step.toInspect() && step.inspected() % EVERY != 0) {
      lines.add(line(step, step.inspected()));
    }
    return lines;
  }

  private static String line(Step step, long at) {
    return String.format(
        Locale.ROOT,
        "Scanned %d/%d files (%.1f%%) rate=%.1f/s eta=%s scan=%s partition=%d/%d unreadable=%d",
        at,
        step.toInspect(),
        100.0 * at / step.toInspect(),
        step.rate().perSecond(),
        eta(step.toInspect() - at, step.rate()),
        step.scanId(),
        step.partition().number(),
        step.partition().total(),
        step.unreadable());
  }

  static String eta(long left, Rate rate) {
    if (!rate.settled() || rate.perSecond() <= 0) {
      return "unknown";
    }
    long seconds = (long) Math.ceil(left / rate.perSecond());
    if (seconds >= 3_600) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds % 3_600 / 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : seconds + "s";
  }
}
