package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A picture or sidecar as far as shots go.
 *
 * @param present whether the source still has it
 * @param inspected null before, and where it was not asked for
 * @param noted what is noted of it so far; null for nothing
 */
record ShotFile(
    UUID id,
    String path,
    FileClass fileClass,
    boolean present,
    @Nullable Inspected inspected,
    @Nullable Part noted) {

  /**
   * How its inspection ended.
   *
   * @param described whether metadata was found
   */
  record Inspected(String outcome, OffsetDateTime at, boolean described) {}

  /**
   * What is noted of a picture.
   *
   * @param merges whether values of a sidecar were merged into those of {@code fileAt}
   */
  record Part(
      @Nullable UUID companionOf,
      @Nullable UUID sidecarId,
      @Nullable OffsetDateTime fileAt,
      @Nullable OffsetDateTime sidecarAt,
      boolean merges) {}

  private static final Part NOTHING = new Part(null, null, null, null, false);

  ShotFile with(@Nullable Inspected inspection, @Nullable Part part) {
    return new ShotFile(id, path, fileClass, present, inspection, part);
  }

  Part part() {
    return noted == null ? NOTHING : noted;
  }

  /** When it was inspected; null before. */
  @Nullable OffsetDateTime inspectedAt() {
    return inspected == null ? null : inspected.at();
  }

  /** Whether its values are merged with those of a sidecar. */
  boolean merged() {
    return part().merges() && Objects.equals(part().fileAt(), inspectedAt());
  }

  private boolean described() {
    return inspected != null && inspected.described();
  }

  private boolean ended(String outcome) {
    return inspected != null && inspected.outcome().equals(outcome);
  }

  String stem() {
    return stem(path);
  }

  /** As the database's {@code path_stem}. */
  static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }

  boolean isPicture() {
    return fileClass == FileClass.IMAGE || fileClass == FileClass.RAW;
  }

  boolean canBeSidecar() {
    return fileClass == FileClass.SIDECAR && present && ended("INSPECTED") && described();
  }

  boolean canBeJpegOfARaw() {
    String name = path.toLowerCase(Locale.ROOT);
    return fileClass == FileClass.IMAGE
        && present
        && !ended("UNREADABLE")
        && (name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".jpe"));
  }
}
