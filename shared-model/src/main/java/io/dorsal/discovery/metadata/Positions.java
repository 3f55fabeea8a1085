package io.dorsal.discovery.metadata;

import com.drew.lang.Rational;
import com.drew.metadata.exif.GpsDirectory;
import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an image was taken: EXIF's GPS directory, else XMP's coordinates. */
final class Positions {

  // XMP part 2, GPSCoordinate: degrees,minutes,seconds or degrees,minutes with a fraction.
  private static final Pattern XMP =
      Pattern.compile(
          "(\\d{1,3}),(\\d{1,2}(?:\\.\\d{1,12})?)(?:,(\\d{1,2}(?:\\.\\d{1,12})?))?([NSEW])");
  private static final Pattern DAY = Pattern.compile("(\\d{4})[:-](\\d{2})[:-](\\d{2})");

  private final Findings findings;

  Positions(Findings findings) {
    this.findings = findings;
  }

  @Nullable Position position() {
    for (GpsDirectory gps : findings.exif.getDirectoriesOfType(GpsDirectory.class)) {
      if (gps.containsTag(GpsDirectory.TAG_LATITUDE)
          || gps.containsTag(GpsDirectory.TAG_LONGITUDE)) {
        Position position = exif(gps);
        if (position != null) {
          return position;
        }
      }
    }
    List<String> latitude = findings.xmp.get("exif:GPSLatitude");
    List<String> longitude = findings.xmp.get("exif:GPSLongitude");
    if (latitude == null || longitude == null) {
      return null;
    }
    return plausible(
        xmp(latitude.getFirst()), xmp(longitude.getFirst()), null, null, null, Origin.XMP);
  }

  private @Nullable Position exif(GpsDirectory gps) {
    Double altitude = ExifTags.number(gps.getObject(GpsDirectory.TAG_ALTITUDE));
    Double below = ExifTags.number(gps.getObject(GpsDirectory.TAG_ALTITUDE_REF));
    if (altitude != null && below != null && below == 1) {
      altitude = -altitude;
    }
    return plausible(
        degrees(gps, GpsDirectory.TAG_LATITUDE, GpsDirectory.TAG_LATITUDE_REF, 'S'),
        degrees(gps, GpsDirectory.TAG_LONGITUDE, GpsDirectory.TAG_LONGITUDE_REF, 'W'),
        altitude,
        ExifTags.number(gps.getObject(GpsDirectory.TAG_H_POSITIONING_ERROR)),
        timestamp(gps),
        Origin.EXIF);
  }

  private @Nullable Position plausible(
      @Nullable Double latitude,
      @Nullable Double longitude,
      @Nullable Double altitude,
      @Nullable Double accuracy,
      @Nullable Instant timestamp,
      Origin origin) {
    if (latitude == null
        || longitude == null
        || Math.abs(latitude) > 90
        || Math.abs(longitude) > 180) {
      findings.notes.add(Note.GPS_INVALID);
      return null;
    }
    if (latitude == 0 && longitude == 0) {
      findings.notes.add(Note.GPS_NULL);
      return null;
    }
    return new Position(latitude, longitude, altitude, accuracy, timestamp, origin);
  }

  private static @Nullable Double degrees(GpsDirectory gps, int tag, int refTag, char negative) {
    if (!(gps.getObject(tag) instanceof Rational[] parts) || parts.length == 0) {
      return null;
    }
    double degrees = 0;
    double unit = 1;
    for (int i = 0; i < Math.min(3, parts.length); i++) {
      Double part = ExifTags.number(parts[i]);
      if (part == null && (i == 0 || parts[i].getNumerator() != 0)) {
        return null;
      }
      degrees += part == null ? 0 : part / unit;
      unit *= 60;
    }
    String ref = ExifTags.text(gps.getObject(refTag));
    boolean turned = ref != null && Character.toUpperCase(ref.charAt(0)) == negative;
    return turned ? -degrees : degrees;
  }

  private static @Nullable Double xmp(String text) {
    Matcher parts = XMP.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    double degrees = Double.parseDouble(parts.group(1)) + Double.parseDouble(parts.group(2)) / 60;
    degrees += parts.group(3) == null ? 0 : Double.parseDouble(parts.group(3)) / 3600;
    return "SW".contains(parts.group(4)) ? -degrees : degrees;
  }

  private static @Nullable Instant timestamp(GpsDirectory gps) {
    String text = ExifTags.text(gps.getObject(GpsDirectory.TAG_DATE_STAMP));
    Matcher day = text == null ? null : DAY.matcher(text);
    if (day == null
        || !day.matches()
        || !(gps.getObject(GpsDirectory.TAG_TIME_STAMP) instanceof Rational[] time)
        || time.length != 3) {
      return null;
    }
    Double hours = ExifTags.number(time[0]);
    Double minutes = ExifTags.number(time[1]);
    Double seconds = ExifTags.number(time[2]);
    if (hours == null || minutes == null || seconds == null) {
      return null;
    }
    double total = hours * 3600 + minutes * 60 + seconds;
    if (!(total >= 0 && total < 86_401)) {
      return null;
    }
    try {
      return LocalDate.of(
              Integer.parseInt(day.group(1)),
              Integer.parseInt(day.group(2)),
              Integer.parseInt(day.group(3)))
          .atStartOfDay()
          .toInstant(ZoneOffset.UTC)
          .plusMillis(Math.round(total * 1000));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
