package io.dorsal.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether this instance can do its work: asks everything it needs at once, for two seconds at most,
 * and remembers the answer for two more. Thread-safe.
 */
@Component
public class Readiness {

  /** What a load balancer does with the instance. */
  public enum Status {
    READY,
    /** Something is away that only some requests need. */
    DEGRADED,
    /** Gets no requests. */
    NOT_READY
  }

  /**
   * What {@code /ready} answers.
   *
   * @param clusterId which deployment it is, by its database; null as long as that was never read
   */
  public record State(
      Status status,
      Map<String, Boolean> checks,
      @Nullable String clusterId,
      String instance,
      String version) {

    /** 503 where the instance must get no requests. */
    public int httpStatus() {
      return status == Status.NOT_READY ? 503 : 200;
    }
  }

  /**
   * One check for people.
   *
   * @param lastError what failed last, without secrets; null where nothing ever did
   */
  public record Checked(
      String name,
      boolean ok,
      boolean required,
      long latencyMs,
      Instant at,
      @Nullable String lastError,
      @Nullable Instant lastErrorAt) {}

  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final List<String> ORDER =
      List.of("database", "schema", "blob_storage", "service_bus", "identity");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofSeconds(2);

  private final List<ReadinessCheck> checks;
  private final Supplier<@Nullable String> clusterId;
  private final Clock clock;
  private final Map<String, Checked> failures = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private List<Checked> last = List.of();
  private long askedAt;

  @Autowired
  Readiness(List<ReadinessCheck> checks, Cluster cluster, Clock clock) {
    this(checks, cluster::id, clock);
  }

  /**
   * For these checks.
   *
   * @param clusterId null as long as it is not known
   */
  public Readiness(List<ReadinessCheck> checks, Supplier<@Nullable String> clusterId, Clock clock) {
    this.checks =
        checks.stream().sorted(Comparator.comparingInt(check -> place(check.name()))).toList();
    this.clusterId = clusterId;
    this.clock = clock;
  }

  private static int place(String name) {
    int at = ORDER.indexOf(name);
    return at < 0 ? ORDER.size() : at;
  }

  /** From now on the answer is NOT_READY, whatever the checks say. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    closing = true;
  }

  /** As it is now, or was two seconds ago. */
  public State now() {
    Map<String, Boolean> answers = new LinkedHashMap<>();
    Status status = closing ? Status.NOT_READY : Status.READY;
    for (Checked checked : checked()) {
      answers.put(checked.name(), checked.ok());
      if (!checked.ok() && checked.required()) {
        status = Status.NOT_READY;
      } else if (!checked.ok() && status == Status.READY) {
        status = Status.DEGRADED;
      }
    }
    return new State(status, answers, clusterId.get(), Instance.id(), Build.current().version());
  }

  /** The same with what it took and what failed. */
  public synchronized List<Checked> checked() {
    if (last.isEmpty() || System.nanoTime() - askedAt > REMEMBERED.toNanos()) {
      last = ask();
      askedAt = System.nanoTime();
    }
    return last;
  }

  private List<Checked> ask() {
    long begin = System.nanoTime();
    List<Future<Long>> running = checks.stream().map(Readiness::begin).toList();
    List<Checked> answers = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      long left = PATIENCE.toNanos() - (System.nanoTime() - begin);
      answers.add(await(checks.get(i), running.get(i), Math.max(1, left)));
    }
    return List.copyOf(answers);
  }

  /** Gives the nanoseconds it took. */
  private static Future<Long> begin(ReadinessCheck check) {
    var task =
        new FutureTask<>(
            () -> {
              long begin = System.nanoTime();
              check.check();
              return System.nanoTime() - begin;
            });
    Thread.ofPlatform().daemon().name("ready-" + check.name()).start(task);
    return task;
  }

  private Checked await(ReadinessCheck check, Future<Long> running, long nanos) {
    try {
      long took = running.get(nanos, TimeUnit.NANOSECONDS);
      return answer(check, true, took / 1_000_000, failures.get(check.name()));
    } catch (ExecutionException e) {
      return failed(check, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      running.cancel(true);
      return failed(check, "No answer within " + PATIENCE.toSeconds() + " s.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(check, "Interrupted.");
    }
  }

  private Checked failed(ReadinessCheck check, String error) {
    String clean = Redactor.redact(error);
    Checked before = failures.get(check.name());
    boolean known = last.stream().anyMatch(one -> one.name().equals(check.name()) && !one.ok());
    if (!known || before == null || !clean.equals(before.lastError())) {
      log.warn("Not ready: {} {}", check.name(), clean);
    }
    Instant now = clock.instant();
    var failure =
        new Checked(check.name(), false, check.required(), PATIENCE.toMillis(), now, clean, now);
    failures.put(check.name(), failure);
    return failure;
  }

  private Checked answer(ReadinessCheck check, boolean ok, long millis, @Nullable Checked failure) {
    return new Checked(
        check.name(),
        ok,
        check.required(),
        millis,
        clock.instant(),
        failure == null ? null : failure.lastError(),
        failure == null ? null : failure.lastErrorAt());
  }
}
