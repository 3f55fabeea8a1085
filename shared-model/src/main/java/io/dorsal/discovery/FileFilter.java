package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a scan are wanted; null members do not narrow.
 *
 * @param fileClass by the file's extension
 * @param from taken at this local time or later
 * @param before taken earlier than this local time
 * @param pathPrefix what the path begins with, byte by byte
 * @param q a part of the path, whatever the case and the form of composed letters
 * @param note carried by the file
 */
public record FileFilter(
    @Nullable FileClass fileClass,
    @Nullable FileState state,
    @Nullable Boolean hasGps,
    @Nullable Boolean hasDate,
    @Nullable String cameraKey,
    @Nullable LocalDateTime from,
    @Nullable LocalDateTime before,
    @Nullable String pathPrefix,
    @Nullable String q,
    @Nullable String note) {

  /** Every file. */
  public static final FileFilter ALL =
      new FileFilter(null, null, null, null, null, null, null, null, null, null);
}
