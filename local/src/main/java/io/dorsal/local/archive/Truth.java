package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.LedgerEntry.Outcome;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader must find in a file, filled in step by step while the file is planned. Path, size
 * and hash are added when the ledger is written.
 */
final class Truth {

  private final @Nullable FileClass fileClass;
  private @Nullable Outcome outcome;
  private @Nullable String code;
  private List<String> notes = List.of();
  private @Nullable LocalDateTime takenAtLocal;
  private @Nullable String subSeconds;
  private @Nullable String offset;
  private @Nullable Double latitude;
  private @Nullable Double longitude;
  private @Nullable Double altitude;
  private @Nullable String make;
  private @Nullable String model;
  private @Nullable String serial;
  private @Nullable String exifArtist;
  private @Nullable String iptcByLine;
  private @Nullable String xmpCreator;
  private @Nullable Integer width;
  private @Nullable Integer height;
  private @Nullable Integer orientation;
  private @Nullable String contents;

  private Truth(@Nullable FileClass fileClass, @Nullable Outcome outcome) {
    this.fileClass = fileClass;
    this.outcome = outcome;
  }

  static Truth inspected(FileClass fileClass) {
    return new Truth(fileClass, Outcome.INSPECTED);
  }

  static Truth unreadable(FileClass fileClass, String code) {
    Truth truth = new Truth(fileClass, Outcome.UNREADABLE);
    truth.code = code;
    return truth;
  }

  static Truth counted() {
    return new Truth(FileClass.OTHER, Outcome.COUNTED);
  }

  static Truth excluded() {
    return new Truth(null, null);
  }

  @Nullable FileClass fileClass() {
    return fileClass;
  }

  Truth notes(String... expected) {
    notes = List.of(expected);
    return this;
  }

  /** As {@link LedgerEntry#contents()} has it. */
  Truth contents(String expected) {
    contents = expected;
    return this;
  }

  Truth pixels(int wide, int high) {
    width = wide;
    height = high;
    return this;
  }

  /** Everything the metadata blocks of a shot say. */
  Truth shot(Shot shot, Shot.Parts parts) {
    if (parts.exif()) {
      camera(shot);
      exifArtist = shot.photographer().artist();
      serial = shot.camera().serial();
    }
    if (parts.exif() || parts.xmp()) {
      takenAtLocal = shot.taken();
      subSeconds = shot.subSeconds();
      offset = shot.offset() == null ? null : ExifWriter.offset(shot.offset());
    }
    if (parts.exif() && parts.gps()) {
      position(shot.position());
    }
    if (parts.iptc()) {
      iptcByLine = shot.photographer().byLine();
    }
    if (parts.xmp()) {
      xmpCreator = shot.photographer().creator();
      serial = shot.camera().serial();
    }
    return this;
  }

  /** Make, model and orientation: what stands in the main directory. */
  Truth camera(Shot shot) {
    make = shot.camera().make().strip();
    model = shot.camera().model().strip();
    orientation = shot.orientation();
    return this;
  }

  Truth xmpPosition(Position position) {
    latitude = XmpWriter.decoded(position.north()) * (position.south() ? -1 : 1);
    longitude = XmpWriter.decoded(position.east()) * (position.west() ? -1 : 1);
    return this;
  }

  Truth withoutDate() {
    takenAtLocal = null;
    return this;
  }

  Truth withoutPosition() {
    latitude = null;
    longitude = null;
    return this;
  }

  private void position(Position position) {
    latitude = position.latitude();
    longitude = position.longitude();
    altitude = position.withAltitude() ? position.altitude() : null;
  }

  LedgerEntry entry(
      String path, int index, Kind kind, long size, String md5, @Nullable String duplicateOf) {
    return new LedgerEntry(
        path,
        index,
        kind.name(),
        size,
        md5,
        fileClass,
        fileClass == null,
        outcome,
        code,
        notes,
        takenAtLocal,
        subSeconds,
        offset,
        latitude,
        longitude,
        altitude,
        make,
        model,
        serial,
        exifArtist,
        iptcByLine,
        xmpCreator,
        width,
        height,
        orientation,
        contents,
        duplicateOf);
  }
}
