package io.dorsal.discovery.patterns;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People: "by …", known names and initials. */
final class Photographers {

  private static final Set<String> NO_INITIALS =
      Set.of(
          "IMG", "DSC", "DCS", "PIC", "MVI", "MOV", "SAM", "CRW", "PXL", "DJI", "VID", "RAW", "JPG",
          "TIF", "DNG", "NEF", "ORF", "ARW", "RAF", "PEF", "CR", "HQ", "LR", "PS", "HDR", "GPS",
          "UTC", "AM", "PM", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT",
          "NOV", "DEC", "USB", "SD", "CF", "HD", "ID", "NO", "OK", "TO", "OF", "AND", "THE", "USA",
          "UK", "NW", "NE", "SW", "SE", "BAY", "EOS", "MG");
  private static final int MOST_WORDS = 4;

  private Photographers() {}

  static void find(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    if (!by(left, evidence, finds) && !known(left, evidence, finds)) {
      initials(left, evidence, finds);
    }
  }

  private static boolean by(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    for (int at = 0; at + 3 < left.length(); at++) {
      boolean word = !left.letter(at - 1) && left.lettersEnd(at) == at + 2;
      if (word && left.part(at, at + 2).equalsIgnoreCase("by") && left.letter(at + 3)) {
        int start = at + 3;
        int known = knownEnd(left, start, evidence);
        int end = known > start ? known : nameEnd(left, start);
        String separator = left.part(at + 2, start);
        String value = left.part(start, end);
        finds.add(
            new TextFind(
                PatternType.PHOTOGRAPHER,
                "by" + TextFind.literal(separator) + "{photographer}",
                value,
                at > 0,
                end < left.length(),
                true,
                agrees(value, evidence)));
        left.take(at, end);
        return true;
      }
    }
    return false;
  }

  /** A name is at most four words of letters. */
  private static int nameEnd(Remainder left, int start) {
    int end = left.lettersEnd(start);
    for (int words = 1; words < MOST_WORDS && end + 1 < left.length(); words++) {
      boolean goesOn = " _.'-".indexOf(left.at(end)) >= 0 && left.letter(end + 1);
      if (!goesOn) {
        break;
      }
      end = left.lettersEnd(end + 1);
    }
    return end;
  }

  private static boolean known(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    if (!evidence.knowsPhotographers()) {
      return false;
    }
    for (int at = 0; at < left.length(); at++) {
      int end = left.wordStart(at) ? knownEnd(left, at, evidence) : at;
      if (end > at) {
        add(left, at, end, true, true, finds);
        return true;
      }
    }
    return false;
  }

  private static int knownEnd(Remainder left, int start, PatternEvidence evidence) {
    return left.knownEnd(start, MOST_WORDS, words -> evidence.isPhotographer(plain(words)));
  }

  /** The last token of two or three capitals; none in names that shout. */
  private static void initials(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    int start = -1;
    int end = 0;
    for (int at = 0; at < left.length(); ) {
      int stop = left.lettersEnd(at);
      if (stop == at) {
        at++;
        continue;
      }
      String token = left.part(at, stop);
      boolean capitals = token.codePoints().allMatch(Character::isUpperCase);
      if (capitals && token.length() > 3) {
        return;
      }
      boolean alone = !left.digit(at - 1) && !left.digit(stop);
      if (capitals && alone && token.length() >= 2 && !NO_INITIALS.contains(token)) {
        start = at;
        end = stop;
      }
      at = stop;
    }
    if (start >= 0) {
      boolean somebodys = evidence.areInitials(left.part(start, end));
      Boolean agrees = evidence.knowsPhotographers() ? somebodys : null;
      add(left, start, end, somebodys ? true : null, agrees, finds);
    }
  }

  private static void add(
      Remainder left,
      int start,
      int end,
      @Nullable Boolean plausible,
      @Nullable Boolean agrees,
      List<TextFind> finds) {
    finds.add(
        left.between(PatternType.PHOTOGRAPHER, "{photographer}", start, end, plausible, agrees));
    left.take(start, end);
  }

  private static @Nullable Boolean agrees(String value, PatternEvidence evidence) {
    return evidence.knowsPhotographers() ? evidence.isPhotographer(plain(value)) : null;
  }

  private static String plain(String value) {
    return value.replace('_', ' ').strip();
  }
}
