package io.dorsal.discovery.patterns;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything found in one name. Detectors take their turn from the surest to the vaguest, and none
 * sees what an earlier one took.
 */
record NameFinds(String name, List<DateFind> dates, List<TextFind> texts) {

  private static final int LONGEST = 1_024;

  /**
   * @param file whether it is a file's name without its extension, which cameras number
   */
  static NameFinds in(String name, boolean file, PatternEvidence evidence) {
    String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    String shown = cut.replace(Remainder.TAKEN, ' ');
    List<TextFind> texts = new ArrayList<>(2);
    Remainder left = new Remainder(shown);
    if (file && Sequences.camera(shown)) {
      // IMG_2019 is a picture's number, no year; IMG_20190712 is a date.
      Sequences.find(left, texts);
      return new NameFinds(shown, List.of(), texts);
    }
    List<DateFind> dates = DateFinds.in(shown);
    dates.forEach(date -> left.take(date.start(), date.end()));
    Individuals.find(left, evidence, texts);
    Coordinates.find(left, texts);
    Sequences.find(left, texts);
    Photographers.find(left, evidence, texts);
    Locations.find(left, evidence, texts);
    return new NameFinds(shown, dates, texts);
  }
}
