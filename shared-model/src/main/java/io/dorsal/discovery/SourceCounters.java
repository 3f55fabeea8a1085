package io.dorsal.discovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a source as a whole.
 *
 * @param scans how many were ever requested
 * @param lastScanId the newest one that was not deleted
 * @param files what the newest completed scan of the whole source found; null before there is one
 * @param totalSize bytes of these files
 * @param countedAt when that scan was complete
 */
public record SourceCounters(
    int scans,
    @Nullable UUID lastScanId,
    @Nullable ScanState lastScanState,
    @Nullable Long files,
    @Nullable Long totalSize,
    @Nullable Instant countedAt) {}
