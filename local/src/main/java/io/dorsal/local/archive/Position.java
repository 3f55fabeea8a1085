package io.dorsal.local.archive;

/**
 * A position as EXIF stores it: degrees, minutes, ten-thousandths of seconds, centimeters.
 *
 * @param south true south of the equator
 * @param west true west of Greenwich
 * @param altitudeCm above (positive) or below sea level
 */
record Position(
    Angle north, boolean south, Angle east, boolean west, int altitudeCm, boolean withAltitude) {

  /** An unsigned angle in the three rationals of EXIF. */
  record Angle(int degrees, int minutes, int secondsE4) {

    static Angle of(double degrees) {
      long units = Math.round(Math.abs(degrees) * 36_000_000);
      return new Angle(
          (int) (units / 36_000_000), (int) (units / 600_000 % 60), (int) (units % 600_000));
    }

    double value() {
      return degrees + minutes / 60.0 + secondsE4 / 10_000.0 / 3600.0;
    }
  }

  static Position of(double latitude, double longitude, int altitudeCm) {
    return new Position(
        Angle.of(latitude), latitude < 0, Angle.of(longitude), longitude < 0, altitudeCm, true);
  }

  Position withoutAltitude() {
    return new Position(north, south, east, west, 0, false);
  }

  double latitude() {
    return south ? -north.value() : north.value();
  }

  double longitude() {
    return west ? -east.value() : east.value();
  }

  double altitude() {
    return altitudeCm / 100.0;
  }
}
