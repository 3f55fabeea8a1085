package io.dorsal.discovery;

import io.dorsal.work.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that runs, waits to go on, or lost its worker.
 *
 * @param id the scan's id, for a partition with its number behind a dot
 * @param kind LIST or INSPECT
 * @param scanId what it is part of
 * @param partition null for listing
 * @param source the source's name; null for who may not see a tenant's content
 * @param state LOST without a heartbeat for 90 s; it goes on when another worker takes it over
 * @param worker who is or was last at it; null where nobody was
 * @param since when that one began; null where nobody did
 * @param done files
 * @param total files; null where it is not known yet
 * @param checkpointAt when it last committed what it had; a worker that dies costs what came after
 * @param starts how often a worker died in the chunk at hand, or failed
 */
public record RunningJob(
    String id,
    Kind kind,
    UUID tenantId,
    UUID scanId,
    @Nullable Integer partition,
    @Nullable String source,
    WorkerStatus state,
    @Nullable String worker,
    @Nullable Instant since,
    @Nullable Instant heartbeatAt,
    long done,
    @Nullable Long total,
    @Nullable Instant checkpointAt,
    int starts,
    String traceId) {

  /** What is done. */
  public enum Kind {
    LIST,
    INSPECT
  }

  /** The same for who runs the platform and sees no tenant's content. */
  RunningJob withoutContent() {
    return new RunningJob(
        id,
        kind,
        tenantId,
        scanId,
        partition,
        null,
        state,
        worker,
        since,
        heartbeatAt,
        done,
        total,
        checkpointAt,
        starts,
        traceId);
  }

  /**
   * One try of a job, as Spring Batch recorded it.
   *
   * @param failure its first line, without secrets; null where there was none
   */
  public record Attempt(
      long execution,
      String status,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      long commits,
      long rollbacks,
      long written,
      @Nullable String failure) {}

  /** A job with the tries it took, newest first. */
  public record History(RunningJob job, List<Attempt> attempts) {}
}
