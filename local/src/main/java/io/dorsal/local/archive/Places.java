package io.dorsal.local.archive;

import java.time.ZoneOffset;

/** The places of the demo archive: both hemispheres, both sides of 180 degrees, odd offsets. */
final class Places {

  private static final ZoneOffset PACIFIC = ZoneOffset.ofHours(-7);
  private static final ZoneOffset NEPAL = ZoneOffset.ofHoursMinutes(5, 45);

  static final Site STRAIT =
      site(
          "Johnstone Strait",
          "Telegraph Cove",
          "British Columbia",
          "Canada",
          50.52,
          -126.61,
          PACIFIC);
  static final Site PASS =
      site("Active Pass", "Galiano", "British Columbia", "Canada", 48.87, -123.31, PACIFIC);
  static final Site BIGHT =
      site("Robson Bight", "Port McNeill", "British Columbia", "Canada", 50.48, -126.57, PACIFIC);
  static final Site BAY =
      site("Monterey Bay", "Moss Landing", "California", "United States", 36.79, -121.96, PACIFIC);
  static final Site AZORES =
      site("Pico south", "Lajes do Pico", "Açores", "Portugal", 38.37, -28.26, ZoneOffset.UTC);
  static final Site VALDES =
      site(
          "Península Valdés",
          "Puerto Pirámides",
          "Chubut",
          "Argentina",
          -42.57,
          -64.27,
          ZoneOffset.ofHours(-3));
  static final Site KAIKOURA =
      site(
          "Kaikōura",
          "Kaikōura",
          "Canterbury",
          "New Zealand",
          -42.45,
          173.72,
          ZoneOffset.ofHours(13));
  static final Site FIJI =
      site(
          "Beqa Lagoon",
          "Pacific Harbour",
          "Central",
          "Fiji",
          -18.36,
          -178.02,
          ZoneOffset.ofHours(12));
  static final Site SKJALFANDI =
      site("Skjálfandi", "Húsavík", "Norðurland", "Iceland", 66.08, -17.51, ZoneOffset.UTC);
  static final Site CHITWAN = site("Chitwan", "Sauraha", "Bagmati", "Nepal", 27.58, 84.50, NEPAL);

  private Places() {}

  private static Site site(
      String name,
      String city,
      String state,
      String country,
      double lat,
      double lon,
      ZoneOffset offset) {
    return new Site(name, city, state, country, lat, lon, offset);
  }
}
