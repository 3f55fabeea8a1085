package io.dorsal.discovery;

import io.dorsal.discovery.contents.ReadContents;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.sources.ListedFile;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What came of one file.
 *
 * @param inspection null where the file was gone
 * @param current the file as it was looked at again because it had changed since the listing; else
 *     null
 * @param contents what a file that is read whole holds; null for all others
 */
public record InspectedFile(
    PartitionItem item,
    @Nullable Inspection inspection,
    @Nullable ListedFile current,
    @Nullable ReadContents contents) {

  /** A file of which only metadata was read, or nothing. */
  public InspectedFile(
      PartitionItem item, @Nullable Inspection inspection, @Nullable ListedFile current) {
    this(item, inspection, current, null);
  }

  boolean gone() {
    return inspection == null;
  }

  boolean unreadable() {
    return inspection != null && inspection.outcome() == Inspection.Outcome.UNREADABLE;
  }

  boolean issue() {
    return inspection == null || inspection.code() != null || !inspection.notes().isEmpty();
  }

  /** The digest of the file's beginning in hex; null where it was not read. */
  @Nullable String headHash() {
    byte[] hash = inspection == null ? null : inspection.headHash();
    return hash == null ? null : HexFormat.of().formatHex(hash);
  }

  String etag() {
    return current == null ? item.etag() : current.etag();
  }
}
