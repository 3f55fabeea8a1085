package io.dorsal.discovery.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One field of section 2.4: its name in our tag map, the names exiftool gives it, first found
 * first, and how values are compared.
 */
record AgreedField(String ours, Form form, List<String> theirs) {

  /** How a value is written by the two. */
  enum Form {
    TEXT,
    NUMBER,
    /** Three rationals here, one decimal number there. */
    ANGLE,
    /** Three rationals here, hh:mm:ss there. */
    CLOCK,
    /** Any number of texts, in their order. */
    LIST,
    /** The same text in several languages, the default first; exiftool names each language. */
    LANGUAGES,
    /** A date or time whose separators exiftool makes its own. */
    DIGITS,
    /** A coordinate as XMP writes it here, one decimal number there. */
    XMP_ANGLE
  }

  static final List<AgreedField> ALL = all();

  /** Our value in the common form; null where there is none. */
  @Nullable String ours(Map<String, String> tags) {
    String value = tags.get(ours);
    return value == null ? null : canonical(value);
  }

  /** Exiftool's value in the common form; null where there is none. */
  @Nullable String theirs(Map<String, List<String>> tags) {
    for (String key : theirs) {
      List<String> values = new ArrayList<>(tags.getOrDefault(key, List.of()));
      if (form == Form.LANGUAGES) {
        tags.forEach((name, more) -> values.addAll(name.startsWith(key + "-") ? more : List.of()));
      }
      String value = Text.clean(joined(values));
      if (value != null) {
        return canonical(value);
      }
    }
    return null;
  }

  private static String joined(List<String> values) {
    return values.stream()
        .map(Text::clean)
        .filter(java.util.Objects::nonNull)
        .collect(Collectors.joining("; "));
  }

  private @Nullable String canonical(String value) {
    return switch (form) {
      case TEXT, LIST, LANGUAGES -> value;
      case NUMBER -> rounded(number(value));
      case ANGLE ->
          rounded(value.contains("/") || value.contains(" ") ? sixties(value) : number(value));
      case CLOCK -> clock(value);
      case DIGITS -> value.replaceAll("[:T -]", "").replaceAll("Z$", "+0000");
      case XMP_ANGLE -> rounded(value.contains(",") ? xmp(value) : number(value));
    };
  }

  private static @Nullable String rounded(double number) {
    return Double.isNaN(number) ? null : String.format(java.util.Locale.ROOT, "%.6g", number);
  }

  private static double number(String value) {
    String text = value.trim();
    int slash = text.indexOf('/');
    try {
      return slash < 0
          ? Double.parseDouble(text)
          : Double.parseDouble(text.substring(0, slash))
              / Double.parseDouble(text.substring(slash + 1));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static double sixties(String value) {
    double sum = 0;
    double unit = 1;
    boolean any = false;
    for (String part : value.split(" ", -1)) {
      double number = number(part);
      any |= !Double.isNaN(number);
      sum += Double.isNaN(number) ? 0 : number / unit;
      unit *= 60;
    }
    return any ? sum : Double.NaN;
  }

  private static @Nullable String clock(String value) {
    double seconds = 0;
    for (String part : value.split("[ :]", -1)) {
      seconds = seconds * 60 + number(part);
    }
    return rounded(seconds);
  }

  private static double xmp(String value) {
    double sum = 0;
    double unit = 1;
    String figures = value.substring(0, value.length() - 1);
    for (String part : figures.split(",", -1)) {
      sum += number(part) / unit;
      unit *= 60;
    }
    return "SW".indexOf(value.charAt(value.length() - 1)) >= 0 ? -sum : sum;
  }

  private static List<AgreedField> all() {
    List<AgreedField> fields = new ArrayList<>();
    for (String name :
        List.of(
            "DateTimeOriginal",
            "SubSecTimeOriginal",
            "OffsetTimeOriginal",
            "OffsetTime",
            "LensModel",
            "ImageUniqueID")) {
      fields.add(exif(name, Form.TEXT, name));
    }
    fields.add(exif("DateTimeDigitized", Form.TEXT, "CreateDate"));
    fields.add(exif("DateTime", Form.TEXT, "ModifyDate"));
    fields.add(exif("BodySerialNumber", Form.TEXT, "SerialNumber"));
    fields.add(exif("CameraOwnerName", Form.TEXT, "OwnerName"));
    for (String name : List.of("Make", "Model", "Artist", "Copyright", "ImageDescription")) {
      fields.add(exif(name, Form.TEXT, name));
    }
    for (String name : List.of("FocalLength", "ExposureTime", "FNumber", "Orientation")) {
      fields.add(exif(name, Form.NUMBER, name));
    }
    fields.add(exif("PhotographicSensitivity", Form.NUMBER, "ISO"));
    fields.add(exif("PixelXDimension", Form.NUMBER, "ExifImageWidth"));
    fields.add(exif("PixelYDimension", Form.NUMBER, "ExifImageHeight"));
    gps(fields);
    for (String name :
        List.of(
            "Caption-Abstract",
            "Sub-location",
            "City",
            "Province-State",
            "Country-PrimaryLocationName",
            "ObjectName",
            "CopyrightNotice")) {
      fields.add(new AgreedField("IPTC:" + name, Form.TEXT, List.of("IPTC:" + name)));
    }
    fields.add(new AgreedField("IPTC:By-line", Form.LIST, List.of("IPTC:By-line")));
    fields.add(new AgreedField("IPTC:Keywords", Form.LIST, List.of("IPTC:Keywords")));
    fields.add(new AgreedField("IPTC:DateCreated", Form.DIGITS, List.of("IPTC:DateCreated")));
    fields.add(new AgreedField("IPTC:TimeCreated", Form.DIGITS, List.of("IPTC:TimeCreated")));
    xmp(fields);
    return List.copyOf(fields);
  }

  private static void gps(List<AgreedField> fields) {
    fields.add(new AgreedField("EXIF:GPSLatitudeRef", Form.TEXT, List.of("GPS:GPSLatitudeRef")));
    fields.add(new AgreedField("EXIF:GPSLongitudeRef", Form.TEXT, List.of("GPS:GPSLongitudeRef")));
    fields.add(new AgreedField("EXIF:GPSLatitude", Form.ANGLE, List.of("GPS:GPSLatitude")));
    fields.add(new AgreedField("EXIF:GPSLongitude", Form.ANGLE, List.of("GPS:GPSLongitude")));
    fields.add(new AgreedField("EXIF:GPSAltitudeRef", Form.NUMBER, List.of("GPS:GPSAltitudeRef")));
    fields.add(new AgreedField("EXIF:GPSAltitude", Form.NUMBER, List.of("GPS:GPSAltitude")));
    fields.add(new AgreedField("EXIF:GPSTimeStamp", Form.CLOCK, List.of("GPS:GPSTimeStamp")));
    fields.add(new AgreedField("EXIF:GPSDateStamp", Form.DIGITS, List.of("GPS:GPSDateStamp")));
    fields.add(
        new AgreedField(
            "EXIF:GPSHPositioningError", Form.NUMBER, List.of("GPS:GPSHPositioningError")));
  }

  private static void xmp(List<AgreedField> fields) {
    fields.add(xmp("dc:creator", Form.LIST, "XMP-dc:Creator"));
    fields.add(xmp("dc:description", Form.LANGUAGES, "XMP-dc:Description"));
    fields.add(xmp("dc:subject", Form.LIST, "XMP-dc:Subject"));
    fields.add(xmp("dc:rights", Form.LANGUAGES, "XMP-dc:Rights"));
    fields.add(xmp("Iptc4xmpCore:Location", Form.TEXT, "XMP-iptcCore:Location"));
    fields.add(xmp("photoshop:City", Form.TEXT, "XMP-photoshop:City"));
    fields.add(xmp("photoshop:State", Form.TEXT, "XMP-photoshop:State"));
    fields.add(xmp("photoshop:Country", Form.TEXT, "XMP-photoshop:Country"));
    fields.add(xmp("photoshop:DateCreated", Form.DIGITS, "XMP-photoshop:DateCreated"));
    fields.add(xmp("xmp:CreateDate", Form.DIGITS, "XMP-xmp:CreateDate"));
    fields.add(xmp("exif:DateTimeOriginal", Form.DIGITS, "XMP-exif:DateTimeOriginal"));
    fields.add(xmp("exif:GPSLatitude", Form.XMP_ANGLE, "XMP-exif:GPSLatitude"));
    fields.add(xmp("exif:GPSLongitude", Form.XMP_ANGLE, "XMP-exif:GPSLongitude"));
    fields.add(xmp("exifEX:BodySerialNumber", Form.TEXT, "XMP-exifEX:SerialNumber"));
    fields.add(xmp("aux:SerialNumber", Form.TEXT, "XMP-aux:SerialNumber"));
    fields.add(xmp("lr:hierarchicalSubject", Form.LIST, "XMP-lr:HierarchicalSubject"));
    fields.add(xmp("tiff:Artist", Form.TEXT, "XMP-tiff:Artist"));
    fields.add(xmp("xmpMM:DocumentID", Form.TEXT, "XMP-xmpMM:DocumentID"));
  }

  private static AgreedField exif(String ours, Form form, String theirs) {
    return new AgreedField(
        "EXIF:" + ours, form, List.of("ExifIFD:" + theirs, "IFD0:" + theirs, "SubIFD:" + theirs));
  }

  private static AgreedField xmp(String ours, Form form, String theirs) {
    return new AgreedField("XMP:" + ours, form, List.of(theirs));
  }
}
