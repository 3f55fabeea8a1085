package io.dorsal.discovery.metadata;

import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Position;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values we work with against what exiftool makes of the same tags: signed positions, altitudes
 * and times, the serial wherever the maker writes it, the size in pixels.
 */
record Normalized(ImageMetadata image, Map<String, List<String>> theirs) {

  /** One value as both see it. */
  record Pair(@Nullable String ours, @Nullable String theirs) {}

  private static final List<String> MAKERS =
      List.of(
          "Canon",
          "Nikon",
          "Olympus",
          "Panasonic",
          "Pentax",
          "Sony",
          "FujiFilm",
          "Ricoh",
          "Leica",
          "Kodak",
          "Casio",
          "Minolta",
          "Sigma",
          "Samsung",
          "Apple");

  void forEach(BiConsumer<String, Pair> consumer) {
    Position position = image.position();
    if (position != null && position.origin() == Origin.EXIF) {
      consumer.accept("latitude", pair(position.latitude(), signed("GPSLatitude", "S")));
      consumer.accept("longitude", pair(position.longitude(), signed("GPSLongitude", "W")));
      consumer.accept("altitude", pair(position.altitude(), signed("GPSAltitude", "1")));
      consumer.accept(
          "accuracy", pair(position.accuracy(), number(theirs("GPS:GPSHPositioningError"))));
      consumer.accept("satellite time", new Pair(text(position.timestamp()), satelliteTime()));
    } else if (position != null) {
      consumer.accept(
          "XMP latitude", pair(position.latitude(), number(theirs("XMP-exif:GPSLatitude"))));
      consumer.accept(
          "XMP longitude", pair(position.longitude(), number(theirs("XMP-exif:GPSLongitude"))));
    }
    if (image.camera().serialOrigin() == Origin.MAKER_NOTE || image.camera().serial() == null) {
      consumer.accept(
          "maker serial", new Pair(plain(image.camera().serial()), plain(makerSerial())));
    }
    if (theirs("Composite:ImageSize") != null) {
      consumer.accept("size", new Pair(size(), theirs("Composite:ImageSize")));
    }
  }

  private @Nullable String theirs(String key) {
    return Exiftool.first(theirs, List.of(key));
  }

  private @Nullable String makerSerial() {
    for (String name : List.of("SerialNumber", "InternalSerialNumber")) {
      for (String maker : MAKERS) {
        String value = Text.clean(theirs(maker + ":" + name));
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  /** Canon prints its numbers with leading noughts, exiftool shows the number alone. */
  private static @Nullable String plain(@Nullable String serial) {
    return serial == null ? null : serial.replaceFirst("^0+(?=\\d)", "");
  }

  private @Nullable String size() {
    return image.width() == null ? null : image.width() + " " + image.height();
  }

  private @Nullable Double signed(String name, String negative) {
    Double number = number(theirs("GPS:" + name));
    String reference = theirs("GPS:" + name + "Ref");
    return number != null
            && reference != null
            && reference.toUpperCase(Locale.ROOT).startsWith(negative)
        ? Double.valueOf(-number)
        : number;
  }

  private @Nullable String satelliteTime() {
    String day = theirs("GPS:GPSDateStamp");
    String time = theirs("GPS:GPSTimeStamp");
    if (day == null || time == null || !day.matches("\\d{4}:\\d\\d:\\d\\d")) {
      return null;
    }
    return Instant.parse(day.replace(':', '-') + "T00:00:00Z")
        .plusMillis(Math.round(1000 * seconds(time)))
        .toString();
  }

  private static double seconds(String time) {
    double seconds = 0;
    for (String part : time.split(":", -1)) {
      seconds = seconds * 60 + Double.parseDouble(part);
    }
    return seconds;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable Double number(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Pair pair(@Nullable Double ours, @Nullable Double theirs) {
    return new Pair(rounded(ours), rounded(theirs));
  }

  private static @Nullable String rounded(@Nullable Double number) {
    return number == null ? null : String.format(Locale.ROOT, "%.7g", number);
  }
}
