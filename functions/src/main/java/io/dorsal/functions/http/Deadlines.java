package io.dorsal.functions.http;

import io.dorsal.access.RequestSettings;
import io.dorsal.operations.Origin;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Ends calls whose time is up. The work is done on a thread of its own, so that the answer is given
 * in time even where the work hangs. Thread-safe.
 */
@Component
class Deadlines {

  /** For statements that are canceled at the deadline, so that the answer tells what is true. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Duration limit;

  Deadlines(RequestSettings settings) {
    this.limit = settings.requestTimeout();
  }

  /**
   * Does the work in the log context of this thread; what it throws comes through.
   *
   * @throws ProblemException REQUEST_TIMEOUT where it did not end in time; what it did in the
   *     database is undone then
   */
  <T> T within(Supplier<T> work) {
    var deadline = new Deadline(limit);
    var logged = new LogContext();
    var task =
        new FutureTask<T>(
            () ->
                logged.around(() -> ScopedValue.where(Deadline.CURRENT, deadline).call(work::get)));
    // No virtual thread: the first calls load classes, where one holds its carrier while it waits,
    // and small hosts have one or two.
    Thread thread = Thread.ofPlatform().daemon().name("call").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      deadline.pass();
      return late(task, thread);
    } catch (ExecutionException e) {
      throw thrown(e);
    } catch (InterruptedException e) {
      deadline.pass();
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new ProblemException(GeneralProblem.SERVICE_UNAVAILABLE, "The host stops.", e);
    } finally {
      logged.tell();
    }
  }

  /** What was done before the deadline passed is told as done. */
  private <T> T late(FutureTask<T> task, Thread thread) {
    try {
      return task.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      thread.interrupt();
      throw new ProblemException(
          GeneralProblem.REQUEST_TIMEOUT,
          "The call took more than " + limit.toSeconds() + " s and was undone.",
          e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new ProblemException(GeneralProblem.SERVICE_UNAVAILABLE, "The host stops.", e);
    }
  }

  private static RuntimeException thrown(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }

  /** Takes the log context to the other thread, and back who was identified there. */
  private static final class LogContext {
    private static final String[] LEARNED = {"tenant_id", "user_id"};

    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
    private final Origin origin = Origin.current();
    private volatile @Nullable Map<String, String> after;

    <T> T around(Supplier<T> work) {
      if (before != null) {
        MDC.setContextMap(before);
      }
      origin.enter();
      try {
        return work.get();
      } finally {
        after = MDC.getCopyOfContextMap();
        MDC.clear();
        Origin.leave();
      }
    }

    void tell() {
      Map<String, String> learned = after;
      if (learned != null) {
        for (String key : LEARNED) {
          String value = learned.get(key);
          if (value != null) {
            MDC.put(key, value);
          }
        }
      }
    }
  }
}
