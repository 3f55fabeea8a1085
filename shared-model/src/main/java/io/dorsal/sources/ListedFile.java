package io.dorsal.sources;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file as a listing shows it.
 *
 * @param path relative to the source's root, byte-exact
 * @param size bytes
 * @param etag changes with every write; quoted as the store gives it
 * @param contentMd5 16 bytes, where the store keeps one
 * @param tier the access tier's name where the store has tiers
 * @param archived whether it cannot be read before somebody rehydrates it
 * @param folderMarker whether it only stands for an empty folder
 */
public record ListedFile(
    String path,
    long size,
    String etag,
    Instant lastModified,
    byte @Nullable [] contentMd5,
    @Nullable String tier,
    boolean archived,
    boolean folderMarker) {}
