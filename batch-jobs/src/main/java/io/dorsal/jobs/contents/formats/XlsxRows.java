package io.dorsal.jobs.contents.formats;

import org.apache.poi.xssf.model.SharedStrings;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Rows and cells of one worksheet (ECMA-376 part 1, section 18.3.1) as they stream by. */
final class XlsxRows extends DefaultHandler {

  private static final int LONGEST_VALUE = 2 * Cell.LONGEST;

  private final SheetBuilder sheet;
  private final SharedStrings strings;
  private final CellStyles styles;
  private final StringBuilder text = new StringBuilder();
  private Row row = new Row(1);
  private int rowNumber;
  private int column = -1;
  private String type = "n";
  private int style = -1;
  private boolean inValue;
  private boolean inCell;
  private boolean inPhonetics;

  XlsxRows(SheetBuilder sheet, SharedStrings strings, CellStyles styles) {
    this.sheet = sheet;
    this.strings = strings;
    this.styles = styles;
  }

  @Override
  public void startElement(String space, String local, String qualified, Attributes attributes) {
    switch (local) {
      case "row" -> {
        rowNumber = whole(attributes.getValue("r"), rowNumber + 1);
        row = new Row(rowNumber);
        column = -1;
      }
      case "c" -> {
        inCell = true;
        column = columnOf(attributes.getValue("r"), column + 1);
        String said = attributes.getValue("t");
        type = said == null ? "n" : said;
        style = whole(attributes.getValue("s"), -1);
        text.setLength(0);
      }
      case "rPh" -> inPhonetics = true;
      case "v", "t" -> inValue = inCell && !inPhonetics;
      default -> {}
    }
  }

  @Override
  public void characters(char[] chars, int from, int length) {
    if (inValue && text.length() < LONGEST_VALUE) {
      text.append(chars, from, Math.min(length, LONGEST_VALUE));
    }
  }

  @Override
  public void endElement(String space, String local, String qualified) throws SAXException {
    try {
      switch (local) {
        case "v", "t" -> inValue = false;
        case "rPh" -> inPhonetics = false;
        case "c" -> {
          inCell = false;
          row.set(column, cell(text.toString()));
        }
        case "row" -> sheet.add(row);
        default -> {}
      }
    } catch (RefusedException e) {
      throw new SAXException(e);
    }
  }

  private Cell cell(String value) {
    if (value.isEmpty()) {
      return Cell.text("");
    }
    return switch (type) {
      case "s" -> {
        int at = whole(value, -1);
        yield Cell.text(
            at >= 0 && at < strings.getUniqueCount() ? strings.getItemAt(at).getString() : "");
      }
      case "b" -> Cell.text(value.equals("1") ? "TRUE" : "FALSE");
      case "n" -> {
        Double number = number(value);
        yield number == null ? Cell.text(value) : styles.cell(number, style);
      }
      default -> Cell.text(value);
    };
  }

  private static @Nullable Double number(String value) {
    try {
      return value.length() > 40 ? null : Double.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int whole(@Nullable String digits, int otherwise) {
    return digits != null && digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : otherwise;
  }

  /** The column of a reference such as {@code AB12}, from 0. */
  private static int columnOf(@Nullable String reference, int otherwise) {
    if (reference == null) {
      return otherwise;
    }
    int column = 0;
    for (int i = 0; i < Math.min(reference.length(), 4); i++) {
      char c = reference.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = column * 26 + c - 'A' + 1;
    }
    return column == 0 ? otherwise : column - 1;
  }
}
