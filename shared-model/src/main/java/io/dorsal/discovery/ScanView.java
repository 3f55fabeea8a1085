package io.dorsal.discovery;

import io.dorsal.work.WorkerStatus;
import org.jspecify.annotations.Nullable;

/**
 * A scan as people see it.
 *
 * @param guard what was held back; null where nothing was
 * @param workerStatus null where the scan is not active or waits for a person
 * @param names whether the caller may see names of folders and files, and not only counts
 */
public record ScanView(
    Scan scan,
    ScanProgress progress,
    @Nullable WorkerStatus workerStatus,
    @Nullable MissingGuard guard,
    boolean names) {}
