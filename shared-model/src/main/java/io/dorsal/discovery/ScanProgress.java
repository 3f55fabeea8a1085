package io.dorsal.discovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a scan is. Every number changes in the transaction of what it counts, so it is exact at
 * any moment.
 *
 * @param listRoot which of the scan's roots is being listed, from 0
 * @param listToken where the next list page begins; null before the first and after the last page
 *     of a root
 * @param listComplete whether the last page is kept
 * @param listed files found, without excluded ones
 * @param toInspect files this scan has to read; known once listing is complete
 * @param reused files whose earlier result still holds
 * @param issues inspected files with a code or a note
 * @param added listed files that the source did not have before; without those that only moved
 * @param changed known files listed with another ETag
 * @param moved known files found at another path; settled when everything is inspected
 * @param missing known files that are gone; those not listed only when everything is inspected
 * @param ratePerSecond inspected files per second over the last 60 s, as of the last commit
 */
public record ScanProgress(
    UUID scanId,
    int listRoot,
    @Nullable String listToken,
    boolean listComplete,
    long listed,
    long excluded,
    long toInspect,
    long inspected,
    long reused,
    long unreadable,
    long issues,
    long bytesRead,
    long added,
    long changed,
    long moved,
    long missing,
    int partitionsTotal,
    int partitionsDone,
    @Nullable Double ratePerSecond,
    @Nullable Instant lastProgressAt) {

  /** Seconds until everything is inspected at the present rate; null where that is unknown. */
  public @Nullable Long etaSeconds() {
    if (ratePerSecond == null || ratePerSecond <= 0) {
      return null;
    }
    return (long) Math.ceil((toInspect - inspected) / ratePerSecond);
  }
}
