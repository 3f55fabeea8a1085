package io.dorsal.discovery.metadata;

import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.StringValue;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.PanasonicRawIFD0Directory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names, values and texts of the EXIF tags that Dorsal keeps. */
final class ExifTags {

  private static final Map<Integer, String> NAMES = names();
  private static final int LONGEST_LIST = 16;

  private ExifTags() {}

  /** Whether a range may be spent on the tag's value. GPS tags start at 0. */
  static boolean named(int tag) {
    return tag < 0x20 || NAMES.containsKey(tag);
  }

  /** Whether a maker note's tag is the serial of the body. */
  static boolean serial(String name) {
    return switch (name) {
      case "Camera Serial Number",
          "Serial Number",
          "Internal Serial Number",
          // Canon's internal serial.
          "Serial Info Array" ->
          true;
      default -> false;
    };
  }

  /** The first value of the tag in the main, EXIF and raw directories. */
  static @Nullable Object value(Findings findings, int tag) {
    for (Directory directory : findings.exif.getDirectories()) {
      if (main(directory)) {
        Object value = directory.getObject(tag);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  static boolean main(Directory directory) {
    return directory instanceof ExifIFD0Directory
        || directory instanceof ExifSubIFDDirectory
        || directory instanceof PanasonicRawIFD0Directory;
  }

  static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case StringValue string -> Text.clean(Text.decode(string.getBytes()));
      case byte[] bytes when bytes.length <= Text.LONGEST -> Text.clean(Text.decode(bytes));
      case String string -> Text.clean(string);
      case Number number -> number.toString();
      default -> null;
    };
  }

  /** A finite number, or null. */
  static @Nullable Double number(@Nullable Object value) {
    Object first = value instanceof Rational[] many && many.length > 0 ? many[0] : value;
    if (first instanceof int[] many && many.length > 0) {
      first = many[0];
    }
    if (first instanceof Rational ratio && ratio.getDenominator() == 0) {
      return null;
    }
    return first instanceof Number number && Double.isFinite(number.doubleValue())
        ? number.doubleValue()
        : null;
  }

  /** Copies the tags of the main directories into the raw tag map. */
  static void copy(Findings findings) {
    for (Directory directory : findings.exif.getDirectories()) {
      boolean gps = directory instanceof GpsDirectory;
      if (gps || main(directory)) {
        for (var tag : directory.getTags()) {
          Object value = directory.getObject(tag.getTagType());
          if (tag.hasTagName() && value != null) {
            String name = gps ? gpsName(tag.getTagType()) : NAMES.get(tag.getTagType());
            findings.tags.put(
                "EXIF:" + (name == null ? plain(tag.getTagName()) : name), raw(value));
          }
        }
      }
    }
  }

  /** The library spells this one out. */
  private static @Nullable String gpsName(int tag) {
    return tag == GpsDirectory.TAG_H_POSITIONING_ERROR ? "GPSHPositioningError" : null;
  }

  private static @Nullable String raw(Object value) {
    return switch (value) {
      case Rational[] many when many.length <= LONGEST_LIST -> join(many);
      case int[] many when many.length <= LONGEST_LIST -> java.util.Arrays.toString(many);
      default -> text(value);
    };
  }

  private static String join(Rational[] many) {
    StringBuilder joined = new StringBuilder();
    for (Rational each : many) {
      joined.append(joined.isEmpty() ? "" : " ").append(each);
    }
    return joined.toString();
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString();
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    names.put(0x0100, "ImageWidth");
    names.put(0x0101, "ImageLength");
    names.put(0x010E, "ImageDescription");
    names.put(0x010F, "Make");
    names.put(0x0110, "Model");
    names.put(0x0112, "Orientation");
    names.put(0x0132, "DateTime");
    names.put(0x013B, "Artist");
    names.put(0x8298, "Copyright");
    names.put(0x829A, "ExposureTime");
    names.put(0x829D, "FNumber");
    names.put(0x8827, "PhotographicSensitivity");
    names.put(0x9003, "DateTimeOriginal");
    names.put(0x9004, "DateTimeDigitized");
    names.put(0x9010, "OffsetTime");
    names.put(0x9011, "OffsetTimeOriginal");
    names.put(0x9012, "OffsetTimeDigitized");
    names.put(0x9290, "SubSecTime");
    names.put(0x9291, "SubSecTimeOriginal");
    names.put(0x9292, "SubSecTimeDigitized");
    names.put(0x920A, "FocalLength");
    names.put(0xA002, "PixelXDimension");
    names.put(0xA003, "PixelYDimension");
    names.put(0xA420, "ImageUniqueID");
    names.put(0xA430, "CameraOwnerName");
    names.put(0xA431, "BodySerialNumber");
    names.put(0xA433, "LensMake");
    names.put(0xA434, "LensModel");
    names.put(0xC62F, "CameraSerialNumber");
    return Map.copyOf(names);
  }
}
