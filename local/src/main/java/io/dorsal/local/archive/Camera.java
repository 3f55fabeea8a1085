package io.dorsal.local.archive;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A camera body and what its firmware writes.
 *
 * @param make as stored, trailing blanks included where the maker pads
 * @param order byte order of its EXIF
 * @param subSecondDigits digits of SubSecTimeOriginal, 0 for none
 * @param offsets whether it writes OffsetTimeOriginal
 * @param serialIn where the body serial stands
 * @param filePrefix before the four-digit picture number
 * @param upperCase whether it names files IMG_0001.JPG or img_0001.jpg
 */
record Camera(
    String make,
    String model,
    @Nullable String serial,
    String lens,
    ByteOrder order,
    int subSecondDigits,
    boolean offsets,
    SerialIn serialIn,
    String filePrefix,
    boolean upperCase) {

  /** Where the body serial stands. */
  enum SerialIn {
    EXIF,
    MAKER_NOTE,
    NOWHERE
  }
}
