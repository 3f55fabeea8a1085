package io.dorsal.discovery;

import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.metadata.ImageMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one file.
 *
 * @param contentMd5 as the store gave it, base64
 * @param contentVersion from 1; rises when size or content change, not with the ETag alone
 * @param previousPaths where it lay before it was moved, the earliest first
 * @param detectedType the media type by the first bytes
 * @param metadata the normalized values, each with where it came from
 * @param tags every tag read, by source and name, such as {@code EXIF:Model}
 * @param headHash SHA-256 of the size and the first 128 KiB, 64 hex digits
 * @param bytesRead bytes fetched to inspect it
 * @param fixes what to do, by code and note
 * @param contents what a spreadsheet, document or database holds; null for all others
 */
public record FileDetail(
    FoundFile file,
    String folder,
    String etag,
    @Nullable String contentMd5,
    @Nullable String tier,
    int contentVersion,
    List<String> previousPaths,
    @Nullable String detectedType,
    @Nullable ImageMetadata metadata,
    Map<String, String> tags,
    @Nullable String headHash,
    @Nullable Long bytesRead,
    @Nullable Instant inspectedAt,
    SortedMap<String, String> fixes,
    @Nullable FileContents contents,
    Shot shot) {

  /**
   * The other files of the same shot.
   *
   * @param companionOf the JPEG of a raw image
   * @param companions the raw images of a JPEG
   * @param sidecar the file whose XMP was merged
   */
  public record Shot(@Nullable UUID companionOf, List<UUID> companions, @Nullable UUID sidecar) {}

  FileDetail with(@Nullable FileContents found) {
    return new FileDetail(
        file,
        folder,
        etag,
        contentMd5,
        tier,
        contentVersion,
        previousPaths,
        detectedType,
        metadata,
        tags,
        headHash,
        bytesRead,
        inspectedAt,
        fixes,
        found,
        shot);
  }
}
