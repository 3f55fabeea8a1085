package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tables of HTML files that are named like workbooks, as web sites export them: rows and cells by
 * their tags, nothing else of HTML. Not thread-safe.
 */
final class HtmlTables {

  private static final int LONGEST_TAG = 64;

  private final Workbook workbook;
  private final StringBuilder text = new StringBuilder();
  private @Nullable SheetBuilder sheet;
  private @Nullable Row row;
  private int rows;
  private int column;
  private boolean inCell;

  private HtmlTables(Workbook workbook) {
    this.workbook = workbook;
  }

  /**
   * @throws RefusedException CORRUPT where there is no table
   */
  static void read(Path file, Workbook workbook) throws IOException {
    HtmlTables tables = new HtmlTables(workbook);
    try (Reader html = Charsets.open(file)) {
      for (int c = html.read(); c >= 0; c = html.read()) {
        if (c == '<') {
          tables.tag(name(html));
        } else if (tables.inCell && tables.text.length() < Cell.LONGEST) {
          tables.text.append((char) c);
        }
      }
    }
    tables.endTable();
    if (workbook.contents().sheets().isEmpty()) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "no table");
    }
  }

  /** The name of a tag, read to its end. */
  private static String name(Reader html) throws IOException {
    StringBuilder name = new StringBuilder();
    boolean named = false;
    for (int c = html.read(); c >= 0 && c != '>'; c = html.read()) {
      named |= Character.isWhitespace(c);
      if (!named && name.length() < LONGEST_TAG) {
        name.append((char) c);
      }
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private void tag(String name) throws RefusedException {
    switch (name) {
      case "table" -> {
        endTable();
        sheet = workbook.begin("");
        rows = 0;
      }
      case "tr" -> {
        endRow();
        row = new Row(++rows);
        column = 0;
      }
      case "td", "th" -> {
        endCell();
        inCell = true;
      }
      case "/td", "/th" -> endCell();
      case "/tr" -> endRow();
      case "/table" -> endTable();
      default -> {}
    }
  }

  private void endCell() throws RefusedException {
    if (inCell && row != null) {
      row.set(column++, Cell.text(text.toString().replace("&nbsp;", " ").replace("&amp;", "&")));
    }
    inCell = false;
    text.setLength(0);
  }

  private void endRow() throws RefusedException {
    endCell();
    if (sheet != null && row != null) {
      sheet.add(row);
    }
    row = null;
  }

  private void endTable() throws RefusedException {
    endRow();
    if (sheet != null) {
      workbook.end(sheet);
    }
    sheet = null;
  }
}
