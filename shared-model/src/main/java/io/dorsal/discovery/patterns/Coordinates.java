package io.dorsal.discovery.patterns;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A position in decimal degrees, latitude first. */
final class Coordinates {

  // Every repetition has an end, so that time stays linear in the name.
  private static final Pattern POSITION =
      Pattern.compile(
          "(?<![\\d.])([-+]?\\d{1,2}\\.\\d{2,8}) ?([NSns]?)([ ,;_]{1,3})([-+]?\\d{1,3}\\.\\d{2,8})"
              + " ?([EWew]?)(?![\\d.])");

  private Coordinates() {}

  static void find(Remainder left, List<TextFind> finds) {
    if (left.name().indexOf('.') < 0) {
      return;
    }
    Matcher position = POSITION.matcher(left.part(0, left.length()));
    if (!position.find()) {
      return;
    }
    double latitude = Double.parseDouble(position.group(1));
    double longitude = Double.parseDouble(position.group(4));
    boolean plausible =
        Math.abs(latitude) <= 90
            && Math.abs(longitude) <= 180
            && !(latitude == 0 && longitude == 0);
    finds.add(
        new TextFind(
            PatternType.LOCATION,
            "{lat}" + TextFind.literal(position.group(3)) + "{lon}",
            position.group(),
            position.start() > 0,
            position.end() < left.length(),
            plausible,
            null));
    left.take(position.start(), position.end());
  }
}
