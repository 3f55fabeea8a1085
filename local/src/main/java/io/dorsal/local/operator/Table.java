package io.dorsal.local.operator;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as text: aligned under titles for people, split by tabs for programs. Pure. */
final class Table {

  private static final String GAP = "  ";

  private Table() {}

  /** Aligned columns; the last one is not filled up. No titles, no title line. */
  static List<String> aligned(List<String> titles, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    if (!titles.isEmpty()) {
      all.add(titles);
    }
    rows.forEach(row -> all.add(row.stream().map(Table::safe).toList()));
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        int width = width(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  /** One line per row, cells split by tabs. */
  static List<String> plain(List<List<String>> rows) {
    return rows.stream()
        .map(row -> String.join("\t", row.stream().map(Table::safe).toList()))
        .toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths.get(i) - width(row.get(i)))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** Names come from strangers: nothing in them may move a cursor or colour a screen. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              if (Character.isISOControl(each)) {
                safe.append(String.format("\\u%04X", each));
              } else {
                safe.appendCodePoint(each);
              }
            });
    return safe.toString();
  }

  /** Columns of a terminal that the text takes. */
  static int width(String text) {
    return text.codePoints().map(Table::columns).sum();
  }

  private static int columns(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> wide(character) ? 2 : 1;
    };
  }

  private static boolean wide(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> Character.isEmojiPresentation(character);
    };
  }
}
