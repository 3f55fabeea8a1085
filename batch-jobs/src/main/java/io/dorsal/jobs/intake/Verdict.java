package io.dorsal.jobs.intake;

import io.dorsal.connections.ConnectionProblem;
import io.dorsal.discovery.DiscoveryProblem;
import io.dorsal.discovery.ScanNotActiveException;
import io.dorsal.discovery.SourceTooLargeException;
import io.dorsal.problem.Problem;
import io.dorsal.sources.SourceException;
import io.dorsal.work.LeaseLostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What the end of a job means for its scan and its message: the one place that decides between
 * retry and stop.
 */
public sealed interface Verdict {

  /** Done, or nothing to do: the message is completed. */
  record Done() implements Verdict {}

  /** Stopped on the way: the message goes back at once. */
  record GiveBack() implements Verdict {}

  /** Our own database is away: wait here and try again, without using up a delivery. */
  record AwaitDatabase(String reason) implements Verdict {}

  /**
   * The store refuses the credential: the scan waits for a new one.
   *
   * @param upstreamRequestId the store's id of the refused request
   */
  record Pause(ConnectionProblem problem, String detail, @Nullable String upstreamRequestId)
      implements Verdict {}

  /**
   * A person has to see it: the scan fails.
   *
   * @param upstreamRequestId the store's id of the refused request, where it was one
   */
  record Fail(Problem problem, String detail, @Nullable String upstreamRequestId)
      implements Verdict {}

  /** The order is about another tenant's scan: the message is dead-lettered, nothing is done. */
  record Refuse() implements Verdict {}

  /** Unexpected: the message goes back and its delivery counts. */
  record TryAgain(Throwable cause) implements Verdict {

    /** Whether the store was busy, which is no fault of what was worked on. */
    public boolean ofStore() {
      return cause instanceof SourceException;
    }
  }

  /**
   * How a scan ends whose order failed as often as its queue allows. A store that stayed busy all
   * the while counts as one that cannot be reached.
   *
   * @param what was tried
   * @param last the last failure; null where workers died at it
   * @param otherwise the scan's end where it was not the store
   */
  static Fail givenUp(String what, @Nullable Throwable last, Problem otherwise) {
    String failed = what + " failed ten times, ";
    if (last == null) {
      return new Fail(otherwise, failed + "its workers died.", null);
    }
    return of(List.of(last)) instanceof TryAgain(SourceException busy)
        ? new Fail(
            ConnectionProblem.SOURCE_UNAVAILABLE,
            failed + "at last for " + named(busy) + ": " + busy.getMessage(),
            busy.upstreamRequestId())
        : new Fail(otherwise, failed + "at last for " + root(last).getSimpleName() + ".", null);
  }

  /** Of an unforeseen failure only its kind is told: its words may hold anything. */
  private static Class<?> root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass();
  }

  private static String named(SourceException busy) {
    return busy.problem() == null ? busy.kind().name() : busy.problem().name();
  }

  /** Judges by the first failure, in order, whose cause is known. */
  static Verdict of(List<Throwable> failures) {
    for (Throwable failure : failures) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        Verdict known = ofOne(cause);
        if (known != null) {
          return known;
        }
      }
    }
    return failures.isEmpty() ? new GiveBack() : new TryAgain(failures.getFirst());
  }

  private static @Nullable Verdict ofOne(Throwable cause) {
    return switch (cause) {
      case LeaseLostException lost -> new GiveBack();
      case WorkStoppedException stopped -> new GiveBack();
      case JobInterruptedException drained -> new GiveBack();
      case ScanNotActiveException ended -> new Done();
      case SourceTooLargeException large ->
          new Fail(DiscoveryProblem.SOURCE_TOO_LARGE, String.valueOf(large.getMessage()), null);
      case SourceException refused -> ofSource(refused);
      case DataAccessResourceFailureException away -> new AwaitDatabase(away.toString());
      case CannotCreateTransactionException away -> new AwaitDatabase(away.toString());
      case SQLException sql when isAway(sql) -> new AwaitDatabase(sql.toString());
      default -> null;
    };
  }

  private static Verdict ofSource(SourceException refused) {
    String detail = String.valueOf(refused.getMessage());
    String upstream = refused.upstreamRequestId();
    return switch (refused.kind()) {
      case AUTH -> new Pause(Objects.requireNonNull(refused.problem()), detail, upstream);
      case UNAVAILABLE -> new Fail(ConnectionProblem.SOURCE_UNAVAILABLE, detail, upstream);
      case BUSY, MISSING, CHANGED, ARCHIVED -> new TryAgain(refused);
    };
  }

  /**
   * Class 08 connection exception, 57P operator intervention, 25P03 idle in transaction, 53
   * resources.
   */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || state.equals("25P03"));
  }
}
