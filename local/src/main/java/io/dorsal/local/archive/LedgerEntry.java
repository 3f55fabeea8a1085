package io.dorsal.local.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one file, as the file itself tells it: nothing is merged in from sidecars or
 * companions (where a sidecar exists it says the same as its image).
 *
 * @param path the blob's name in the container, the archive's prefix included
 * @param index of the file in its archive
 * @param kind why the file is there
 * @param size bytes
 * @param md5 base64
 * @param fileClass by extension, null where {@code excluded}
 * @param excluded by the built-in excludes, or a folder marker
 * @param outcome null where {@code excluded}
 * @param code why it is UNREADABLE
 * @param notes sorted; what an UNREADABLE file may be noted for besides its code is left open
 * @param takenAtLocal DateTimeOriginal, dropped where implausible
 * @param subSeconds digits as stored
 * @param offset as {@code +hh:mm}
 * @param latitude degrees as they decode from what is stored, south negative
 * @param longitude degrees, west negative
 * @param altitude meters, below sea level negative
 * @param serial of the body, from EXIF, the maker note or XMP
 * @param width pixels before {@code orientation} is applied
 * @param height pixels before {@code orientation} is applied
 * @param orientation EXIF's 1 to 8
 * @param contents of a spreadsheet its sheets, of a database its tables, each as {@code
 *     name|rows|headings}, of a document its first line; null for all others
 * @param duplicateOf path of the file whose bytes these are too
 */
public record LedgerEntry(
    String path,
    int index,
    String kind,
    long size,
    String md5,
    @JsonProperty("class") @Nullable FileClass fileClass,
    boolean excluded,
    @Nullable Outcome outcome,
    @Nullable String code,
    List<String> notes,
    @Nullable LocalDateTime takenAtLocal,
    @Nullable String subSeconds,
    @Nullable String offset,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable Double altitude,
    @Nullable String make,
    @Nullable String model,
    @Nullable String serial,
    @Nullable String exifArtist,
    @Nullable String iptcByLine,
    @Nullable String xmpCreator,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer orientation,
    @Nullable String contents,
    @Nullable String duplicateOf) {

  public LedgerEntry {
    notes = List.copyOf(notes);
  }

  /** Classes of section 2.4 of the onboarding spec. */
  public enum FileClass {
    IMAGE,
    RAW,
    SIDECAR,
    SPREADSHEET,
    DOCUMENT,
    DATA,
    OTHER
  }

  /** What a scan must make of a file; COUNTED is for class OTHER, which is never opened. */
  public enum Outcome {
    INSPECTED,
    UNREADABLE,
    COUNTED
  }
}
