package io.dorsal.discovery.patterns;

import io.dorsal.discovery.patterns.DateFormat.Order;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of one folder depth, or of files, and what was found in them. Its memory is bounded
 * whatever the number of names. Not thread-safe.
 */
final class Level {

  private static final int MOST_PIECES = 200;
  private static final int MOST_PATTERNS = 10;

  /** The names of one date format, and how many of them tell the day from the month. */
  private static final class Dates {
    private final Tally tally = new Tally();
    private long decided;
  }

  private record Piece(PatternType type, String text) {}

  private final @Nullable Integer depth;
  private final LocalDate latest;
  private final Map<DateFormat, Dates> dates = new HashMap<>();
  private final Map<Piece, Tally> pieces = new HashMap<>();
  private final Map<String, int[]> widths = new HashMap<>();
  private final Repeats initials = new Repeats();
  private final Repeats phrases = new Repeats();
  private long names;

  Level(@Nullable Integer depth, LocalDate latest) {
    this.depth = depth;
    this.latest = latest;
  }

  /**
   * @param equal for each date whether the pictures were taken on it; null entries where none tells
   */
  void add(NameFinds finds, List<@Nullable Boolean> equal) {
    names++;
    for (int i = 0; i < finds.dates().size(); i++) {
      addDate(finds, finds.dates().get(i), equal, i);
    }
    for (TextFind find : finds.texts()) {
      addText(find, finds.name());
    }
  }

  private void addDate(NameFinds finds, DateFind date, List<@Nullable Boolean> equal, int at) {
    Dates of = dates.computeIfAbsent(date.format(), _ -> new Dates());
    boolean plausible = date.plausible(latest);
    of.tally.add(date.sample(finds.name()), plausible, equal.get(at));
    of.tally.around(date.start() > 0, date.end() < finds.name().length());
    for (int other = 0; other < finds.dates().size(); other++) {
      DateFind swapped = finds.dates().get(other);
      if (other != at && swapped.format().equals(date.format().swapped())) {
        boolean onlyDate = plausible && !swapped.plausible(latest);
        boolean onlyEqual =
            Boolean.TRUE.equals(equal.get(at)) && Boolean.FALSE.equals(equal.get(other));
        of.decided += onlyDate || onlyEqual ? 1 : 0;
      }
    }
  }

  private void addText(TextFind find, String name) {
    if (find.type() == PatternType.LOCATION && find.plausible() == null) {
      phrases.add(find, find.value(), name);
      return;
    }
    if (find.plausible() == null) {
      initials.add(find, find.value(), name);
    }
    Tally tally = pieces.get(new Piece(find.type(), find.piece()));
    if (tally == null) {
      if (pieces.size() >= MOST_PIECES) {
        return;
      }
      tally = new Tally();
      pieces.put(new Piece(find.type(), find.piece()), tally);
    }
    tally.add(name, Boolean.TRUE.equals(find.plausible()), find.agrees());
    tally.around(find.before(), find.after());
    if (find.type() == PatternType.SEQUENCE) {
      int width = find.value().length();
      int[] known = widths.computeIfAbsent(find.piece(), _ -> new int[] {width});
      known[0] = known[0] == width ? width : 0;
    }
  }

  /** What is worth showing, the surest first; at most ten of each type. */
  List<DetectedPattern> patterns() {
    List<DetectedPattern> found = new ArrayList<>();
    dates.forEach((format, of) -> addDates(format, of, found));
    initials.forEach(this::plausibleInitials);
    phrases.forEach(this::addPhrase);
    pieces.forEach((piece, tally) -> found.add(of(piece.type(), shown(piece), tally)));
    Map<PatternType, Integer> kept = new HashMap<>();
    return found.stream()
        .filter(pattern -> pattern.confidence() >= DetectedPattern.SHOWN)
        .sorted(
            Comparator.<DetectedPattern>comparingDouble(pattern -> pattern.confidence())
                .thenComparingLong(DetectedPattern::matched)
                .reversed()
                .thenComparing(DetectedPattern::pattern))
        .filter(pattern -> kept.merge(pattern.type(), 1, Integer::sum) <= MOST_PATTERNS)
        .toList();
  }

  /** Where names or pictures decide between day and month, only that reading is listed. */
  private void addDates(DateFormat format, Dates of, List<DetectedPattern> found) {
    DetectedPattern pattern = of(PatternType.DATE, format.capture(), of.tally);
    Dates swapped = dates.get(format.swapped());
    boolean dayOrMonth = format.order() == Order.DMY || format.order() == Order.MDY;
    if (!dayOrMonth || swapped == null || (of.decided > 0 && swapped.decided > 0)) {
      found.add(pattern);
    } else if (swapped.decided == 0) {
      found.add(of.decided == 0 ? pattern.ambiguous() : pattern);
    }
  }

  /** Letters that come back are somebody's. */
  private void plausibleInitials(Repeats.Entry entry) {
    Tally tally = pieces.get(new Piece(PatternType.PHOTOGRAPHER, entry.find().piece()));
    if (tally != null && entry.repeated()) {
      tally.addMany(0, entry.count(), 0, 0);
    }
  }

  /** Only names that come back are places; a name that is proper begins with no small letter. */
  private void addPhrase(Repeats.Entry entry) {
    if (entry.repeated()) {
      boolean proper = !Character.isLowerCase(entry.find().value().codePointAt(0));
      Piece piece = new Piece(PatternType.LOCATION, entry.find().piece());
      entry.into(pieces.computeIfAbsent(piece, _ -> new Tally()), proper);
    }
  }

  private String shown(Piece piece) {
    int[] width = widths.get(piece.text());
    return piece.type() == PatternType.SEQUENCE && width != null && width[0] > 0
        ? piece.text().replace("{seq}", "{seq:" + width[0] + "}")
        : piece.text();
  }

  private DetectedPattern of(PatternType type, String piece, Tally tally) {
    return tally.pattern(type, depth, piece, names);
  }
}
