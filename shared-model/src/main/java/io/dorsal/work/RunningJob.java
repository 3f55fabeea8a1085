package io.dorsal.work;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that runs, waits to go on, or lost its worker.
 *
 * @param id the scan's id, behind a dot a partition's number or {@code patterns}; otherwise of what
 *     is made or worked on: the export, bundle, connection, tenant
 * @param tenantId whose it is; the nil UUID where it is the platform's
 * @param scanId what it is part of; null where it is no scan's
 * @param partition null for everything but a partition
 * @param source the source's name; null for who may not see a tenant's content
 * @param state LOST without a heartbeat for 90 s; it goes on when another worker takes it over
 * @param worker who is or was last at it; null where nobody was
 * @param since when that one began; null where nobody did
 * @param done in units
 * @param total in units; null where it is not known
 * @param unit what is counted
 * @param checkpointAt when it last committed what it had; a worker that dies costs what came after
 * @param starts how often a worker died in the chunk at hand, or failed
 * @param traceId empty where it follows from nobody's request
 */
public record RunningJob(
    String id,
    Kind kind,
    UUID tenantId,
    @Nullable UUID scanId,
    @Nullable Integer partition,
    @Nullable String source,
    WorkerStatus state,
    @Nullable String worker,
    @Nullable Instant since,
    @Nullable Instant heartbeatAt,
    long done,
    @Nullable Long total,
    Unit unit,
    @Nullable Instant checkpointAt,
    int starts,
    String traceId) {

  /** What is done. */
  public enum Kind {
    /** The names of a source are listed. */
    LIST(Unit.FILES),
    /** A partition's files are read. */
    INSPECT(Unit.FILES),
    /** A scan's names are looked at and its files counted. */
    PATTERNS(Unit.FILES),
    /** A connection is tried, with a real copy. */
    CONNECTION_CHECK(Unit.CHECKS),
    /** The audit log is written for other programs. */
    AUDIT_EXPORT(Unit.ENTRIES),
    /** A support bundle is packed. */
    SUPPORT_BUNDLE(Unit.PARTS),
    /** A deleted tenant's blobs and rows are removed. */
    TENANT_PURGE(Unit.ROWS),
    /** Data keys are put under the newest wrapping key. */
    KEY_REWRAP(Unit.KEYS);

    private final Unit unit;

    Kind(Unit unit) {
      this.unit = unit;
    }

    /** What its progress counts. */
    public Unit unit() {
      return unit;
    }
  }

  /** What {@code done} and {@code total} count. */
  public enum Unit {
    FILES,
    CHECKS,
    ENTRIES,
    PARTS,
    ROWS,
    KEYS
  }

  /** Of what is ordered and taken up by nobody yet. */
  public static RunningJob queued(Kind kind, UUID id, UUID tenantId, String traceId) {
    return new RunningJob(
        id.toString(),
        kind,
        tenantId,
        null,
        null,
        null,
        WorkerStatus.QUEUED,
        null,
        null,
        null,
        0,
        null,
        kind.unit(),
        null,
        0,
        traceId);
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
        unit,
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

  /** A job with the tries it took, newest first; none where tries are not recorded. */
  public record History(RunningJob job, List<Attempt> attempts) {}
}
