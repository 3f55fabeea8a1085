package io.dorsal.local.archive;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One press of the shutter: everything metadata could say about it. What a file really says is
 * decided by {@link Parts}.
 *
 * @param taken local time, whole seconds
 * @param subSeconds digits as stored, null if the camera writes none
 * @param offset null if the camera writes none
 * @param number unique in the archive
 */
record Shot(
    int number,
    Photographer photographer,
    Camera camera,
    Site site,
    LocalDateTime taken,
    @Nullable String subSeconds,
    @Nullable ZoneOffset offset,
    Position position,
    int orientation,
    String caption,
    List<String> keywords,
    String uniqueId) {

  /** Which metadata blocks a file carries. */
  record Parts(boolean exif, boolean gps, boolean iptc, boolean xmp) {

    static final Parts EXIF_ONLY = new Parts(true, true, false, false);
    static final Parts NONE = new Parts(false, false, false, false);
    static final Parts XMP_ONLY = new Parts(false, false, false, true);
  }

  /**
   * The same shot with a date the camera should not have; such clocks write neither fractions nor
   * offsets.
   */
  Shot takenAt(LocalDateTime strange) {
    return new Shot(
        number,
        photographer,
        camera,
        site,
        strange,
        null,
        null,
        position,
        orientation,
        caption,
        keywords,
        uniqueId);
  }

  /** The same shot with another camera, whose firmware then decides about fractions and offset. */
  Shot with(Camera other) {
    return new Shot(
        number,
        photographer,
        other,
        site,
        taken,
        other.subSecondDigits() == 0 ? null : "07",
        other.offsets() ? site.offset() : null,
        position,
        orientation,
        caption,
        keywords,
        uniqueId);
  }

  Shot at(Position strange) {
    return new Shot(
        number,
        photographer,
        camera,
        site,
        taken,
        subSeconds,
        offset,
        strange,
        orientation,
        caption,
        keywords,
        uniqueId);
  }

  String time() {
    return two(taken.getHour()) + ":" + two(taken.getMinute()) + ":" + two(taken.getSecond());
  }

  static String two(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
