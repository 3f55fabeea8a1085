package io.dorsal.discovery.patterns;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Places: known ones, and words that come back in other names. */
final class Locations {

  /** What folders are called for other reasons than where they were taken. */
  private static final Set<String> GENERIC =
      Set.of(
          """
          and april archive august autumn backup best bursts camera card cards converted
          copies copy cropped crops data day days dcim december documents download downloads
          dscf dscn dump dumps edit edited edits encounter export exported exports fall
          february field final first folder for from full gopr image images imgp imgs import
          imported january jpeg jpegs jpg jpgs july june keep keepers laptop left library
          lightroom march may misc months names new notes november october odd of old original
          originals other others pano photo photographs photography photos pics pict picture
          pictures process processed project projects raw raws rejects right scans season
          second select selected selects september side sides sighting sightings site sites
          sort sorted spare spring summer survey temp test the third thumbnails thumbs tif
          tiff to trip trips unsorted untitled upload uploads video videos week winter work
          working year years
          """
              .split("\\s+"));

  private static final int FEWEST_LETTERS = 4;
  private static final int MOST_WORDS = 6;

  private Locations() {}

  static void find(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    if (finds.stream().anyMatch(find -> find.type() == PatternType.LOCATION)) {
      return;
    }
    if (!evidence.knowsLocations() || !known(left, evidence, finds)) {
      repeated(left, evidence, finds);
    }
  }

  private static boolean known(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    for (int at = 0; at < left.length(); at++) {
      int end =
          left.wordStart(at)
              ? left.knownEnd(at, MOST_WORDS, words -> evidence.isLocation(plain(words)))
              : at;
      if (end > at) {
        finds.add(left.between(PatternType.LOCATION, "{location}", at, end, true, true));
        return true;
      }
    }
    return false;
  }

  /** The longest phrase, which is a place if other names hold it too. */
  private static void repeated(Remainder left, PatternEvidence evidence, List<TextFind> finds) {
    int bestStart = 0;
    int bestEnd = 0;
    int most = FEWEST_LETTERS - 1;
    for (int at = 0; at < left.length(); at++) {
      if (left.letter(at)) {
        int end = phraseEnd(left, at);
        int letters = letters(left, at, end);
        if (letters > most && !generic(left.part(at, end))) {
          most = letters;
          bestStart = at;
          bestEnd = end;
        }
        at = end - 1;
      }
    }
    if (bestEnd > bestStart) {
      finds.add(
          left.between(
              PatternType.LOCATION,
              "{location}",
              bestStart,
              bestEnd,
              null,
              evidence.knowsLocations() ? false : null));
    }
  }

  /** Words of letters with single separators between them. */
  private static int phraseEnd(Remainder left, int start) {
    int end = left.lettersEnd(start);
    while (end + 1 < left.length() && " _'’.-".indexOf(left.at(end)) >= 0 && left.letter(end + 1)) {
      end = left.lettersEnd(end + 1);
    }
    return end;
  }

  private static int letters(Remainder left, int start, int end) {
    int letters = 0;
    for (int i = start; i < end; i++) {
      letters += left.letter(i) ? 1 : 0;
    }
    return letters;
  }

  private static boolean generic(String phrase) {
    return Arrays.stream(phrase.toLowerCase(Locale.ROOT).split("[ _'’.-]", -1))
        .allMatch(word -> word.length() < 3 || GENERIC.contains(word));
  }

  /** As values are shown: blanks for underscores and between words that only capitals part. */
  static String plain(String phrase) {
    StringBuilder plain = new StringBuilder(phrase.length() + 4);
    for (int i = 0; i < phrase.length(); i++) {
      char c = phrase.charAt(i);
      boolean parted =
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(phrase.charAt(i - 1));
      plain.append(parted ? " " : "").append(c == '_' ? ' ' : c);
    }
    return plain.toString();
  }
}
