package io.dorsal.work;

import io.dorsal.access.Caller;
import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is at work or waits, of all rooms: who, where, since when and how far. An administrator sees
 * the own tenant's, whoever runs the platform sees all without their names. Thread-safe.
 */
@Component
public class RunningJobs {

  /** A job and the room that knows more of it. */
  private record Told(RunningJob job, WorkAtHand room) {}

  private final List<WorkAtHand> rooms;

  /**
   * @param rooms where two tell of one thing, the one that somebody works at counts
   */
  RunningJobs(List<WorkAtHand> rooms) {
    this.rooms = List.copyOf(rooms);
  }

  /**
   * What runs or waits, by kind.
   *
   * @throws ProblemException PERMISSION_DENIED
   */
  public List<RunningJob> list(Caller caller) {
    return read(caller, null).stream().map(Told::job).toList();
  }

  /**
   * One of them with the tries it took so far.
   *
   * @throws ProblemException PERMISSION_DENIED, NOT_FOUND also where it is done
   */
  public RunningJob.History get(Caller caller, String id) {
    Told told =
        read(caller, workedOn(id)).stream()
            .filter(one -> one.job().id().equals(id))
            .findFirst()
            .orElseThrow(RunningJobs::unknown);
    return new RunningJob.History(told.job(), told.room().attempts(told.job()));
  }

  /** A job's id begins with what is worked on. */
  private static UUID workedOn(String id) {
    try {
      return UUID.fromString(id.split("\\.", 2)[0]);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(GeneralProblem.NOT_FOUND, "There is no such job at work.");
  }

  private List<Told> read(Caller caller, @Nullable UUID of) {
    if (caller.operator()) {
      return Tenancy.sweep(Sweeper.OPERATIONS, () -> all(null, of)).stream()
          .map(told -> new Told(told.job().withoutContent(), told.room()))
          .toList();
    }
    caller.require(TenantRole.TENANT_ADMIN, "Reading jobs");
    return all(caller.tenantId(), of);
  }

  private List<Told> all(@Nullable UUID tenantId, @Nullable UUID of) {
    Map<String, Told> found = new LinkedHashMap<>();
    for (WorkAtHand room : rooms) {
      for (RunningJob job : room.atHand(tenantId, of)) {
        found.merge(
            job.kind() + "/" + job.id(),
            new Told(job, room),
            (one, other) -> other.job().state() == WorkerStatus.QUEUED ? one : other);
      }
    }
    // Within a kind in the order in which its room tells them.
    return found.values().stream().sorted(Comparator.comparing(told -> told.job().kind())).toList();
  }
}
