package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.ColumnType;
import io.dorsal.discovery.contents.SheetColumn;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what the values of one column are, by their shapes and the column's heading. Not
 * thread-safe.
 */
final class ColumnGuess {

  private static final double ENOUGH = 0.6;
  private static final Set<String> LATITUDE = Set.of("lat", "latitude", "latitud", "breite");
  private static final Set<String> LONGITUDE =
      Set.of("lon", "long", "lng", "longitude", "longitud", "länge");
  private static final Set<String> INDIVIDUAL =
      Set.of(
          "individual",
          "individuals",
          "animal",
          "animals",
          "whale",
          "whales",
          "dolphin",
          "dolphins",
          "shark",
          "sharks",
          "orca",
          "orcas",
          "turtle",
          "turtles",
          "manta",
          "seal",
          "seals",
          "catalog",
          "catalogue");
  private static final Set<String> PERSON =
      Set.of(
          "photographer",
          "photographers",
          "observer",
          "observers",
          "author",
          "creator",
          "recorder",
          "collector",
          "contributor",
          "person",
          "photographed");

  private final @Nullable Pattern ids;
  private final Map<ColumnType, Integer> fits = new EnumMap<>(ColumnType.class);
  private int values;
  private int codes;
  private int known;

  /**
   * @param ids what the ids of animals look like; null if nobody said
   */
  ColumnGuess(@Nullable Pattern ids) {
    this.ids = ids;
  }

  void add(Cell cell) {
    String text = cell.text();
    values++;
    count(ColumnType.DATE, cell.kind() == Cell.Kind.DATE || ValueShapes.date(text));
    count(ColumnType.TIME, cell.kind() == Cell.Kind.TIME || ValueShapes.time(text));
    count(ColumnType.DATETIME, cell.kind() == Cell.Kind.DATETIME || ValueShapes.dateTime(text));
    count(ColumnType.LATITUDE, ValueShapes.angle(text, 90));
    count(ColumnType.LONGITUDE, ValueShapes.angle(text, 180));
    count(ColumnType.FILENAME, ValueShapes.fileName(text));
    count(ColumnType.PERSON, ValueShapes.name(text));
    count(ColumnType.NUMBER, cell.kind() == Cell.Kind.NUMBER || ValueShapes.number(text));
    codes += ValueShapes.code(text) ? 1 : 0;
    known += ids != null && ids.matcher(text).find() ? 1 : 0;
  }

  private void count(ColumnType type, boolean yes) {
    if (yes) {
      fits.merge(type, 1, Integer::sum);
    }
  }

  /** The first type that is sure enough, else NUMBER or TEXT. */
  SheetColumn column(String header) {
    Set<String> words =
        Set.copyOf(Arrays.asList(header.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)));
    // A day and its time beside each other in one column are moments, some without their time.
    double moments = share(ColumnType.DATETIME);
    double dated = moments + share(ColumnType.DATE);
    double animals = words.stream().anyMatch(INDIVIDUAL::contains) ? half(codes) : share(known);
    double people = words.stream().anyMatch(PERSON::contains) ? half(fits(ColumnType.PERSON)) : 0;
    Map<ColumnType, Double> offers = new LinkedHashMap<>();
    offers.put(ColumnType.FILENAME, share(ColumnType.FILENAME));
    offers.put(moments > 0.5 ? ColumnType.DATETIME : ColumnType.DATE, dated);
    offers.put(ColumnType.TIME, share(ColumnType.TIME));
    offers.put(ColumnType.LATITUDE, said(words, LATITUDE, ColumnType.LATITUDE));
    offers.put(ColumnType.LONGITUDE, said(words, LONGITUDE, ColumnType.LONGITUDE));
    offers.put(ColumnType.INDIVIDUAL, animals);
    offers.put(ColumnType.PERSON, people);
    offers.put(ColumnType.NUMBER, share(ColumnType.NUMBER));
    return offers.entrySet().stream()
        .filter(offer -> offer.getValue() >= ENOUGH)
        .findFirst()
        .map(offer -> new SheetColumn(header, offer.getKey(), rounded(offer.getValue())))
        .orElseGet(
            () -> new SheetColumn(header, ColumnType.TEXT, rounded(1 - share(ColumnType.NUMBER))));
  }

  private double said(Set<String> words, Set<String> names, ColumnType type) {
    return words.stream().anyMatch(names::contains) ? share(type) : 0;
  }

  private int fits(ColumnType type) {
    return fits.getOrDefault(type, 0);
  }

  private double share(ColumnType type) {
    return share(fits(type));
  }

  private double share(int some) {
    return values == 0 ? 0 : (double) some / values;
  }

  /** A heading is half of the proof. */
  private double half(int some) {
    return values == 0 ? 0 : 0.5 + 0.5 * share(some);
  }

  private static double rounded(double confidence) {
    return Math.round(Math.min(1, confidence) * 1_000) / 1_000.0;
  }
}
