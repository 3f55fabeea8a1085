package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import java.util.UUID;

/**
 * One file to inspect.
 *
 * @param ordinal its place in path order among all files of the scan, from 1
 * @param etag the version the listing saw
 * @param archived whether it lies in the archive tier and cannot be read
 * @param crashed whether it killed every worker that inspected it
 */
public record PartitionItem(
    long ordinal,
    UUID fileId,
    String path,
    long size,
    String etag,
    FileClass fileClass,
    boolean archived,
    boolean crashed) {}
