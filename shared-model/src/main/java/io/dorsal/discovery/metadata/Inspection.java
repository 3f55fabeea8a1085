package io.dorsal.discovery.metadata;

import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one file gave. No string in it holds control characters or is longer than 2,000 characters.
 *
 * @param outcome whether it could be read
 * @param code why not ({@code EMPTY_FILE}, {@code CORRUPT}, {@code BOMB}, {@code ENCRYPTED}, {@code
 *     TOO_LARGE}); null if it was inspected, or is of class OTHER
 * @param fileClass the class by its first bytes, where they disagree with the extension
 * @param detectedType the media type by its first bytes, e.g. {@code image/jpeg}; null if unknown
 * @param image null unless the file is an image, a raw image or a sidecar that was inspected
 * @param notes what was odd, in the order of {@link Note}
 * @param tags every tag read
 * @param headHash SHA-256 of the size (8 bytes, big endian) and the first 128 KiB; null if those
 *     were not read
 * @param bytesRead bytes fetched
 * @param ranges range reads made
 */
// The array is copied on the way in and out and compared by content below.
@SuppressWarnings("ArrayRecordComponent")
public record Inspection(
    Outcome outcome,
    @Nullable String code,
    FileClass fileClass,
    @Nullable String detectedType,
    @Nullable ImageMetadata image,
    SortedSet<Note> notes,
    Tags tags,
    byte @Nullable [] headHash,
    long bytesRead,
    int ranges) {

  /** How the inspection ended. */
  public enum Outcome {
    INSPECTED,
    UNREADABLE,
    SKIPPED
  }

  public Inspection {
    notes = Collections.unmodifiableSortedSet(new TreeSet<>(notes));
    headHash = headHash == null ? null : headHash.clone();
  }

  /** The result of a file of which nothing was read. */
  public static Inspection unread(Outcome outcome, @Nullable String code, FileClass fileClass) {
    return new Inspection(
        outcome, code, fileClass, null, null, new TreeSet<>(Set.of()), Tags.NONE, null, 0, 0);
  }

  /** The same after more of the file was read, for better or worse. */
  public Inspection readOn(Outcome end, @Nullable String why, long moreBytes, int moreRanges) {
    return new Inspection(
        end,
        why,
        fileClass,
        detectedType,
        image,
        notes,
        tags,
        headHash,
        bytesRead + moreBytes,
        ranges + moreRanges);
  }

  @Override
  public byte @Nullable [] headHash() {
    return headHash == null ? null : headHash.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Inspection that
        && outcome == that.outcome
        && Objects.equals(code, that.code)
        && fileClass == that.fileClass
        && Objects.equals(detectedType, that.detectedType)
        && Objects.equals(image, that.image)
        && notes.equals(that.notes)
        && tags.equals(that.tags)
        && Arrays.equals(headHash, that.headHash)
        && bytesRead == that.bytesRead
        && ranges == that.ranges;
  }

  @Override
  public int hashCode() {
    return Objects.hash(outcome, code, detectedType, image, notes, Arrays.hashCode(headHash));
  }
}
