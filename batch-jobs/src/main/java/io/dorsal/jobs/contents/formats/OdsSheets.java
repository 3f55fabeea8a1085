package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The sheets of an OpenDocument spreadsheet (version 1.3, part 3), streamed. Not thread-safe. */
final class OdsSheets {

  private final Workbook workbook;
  private final StringBuilder text = new StringBuilder();
  private @Nullable SheetBuilder sheet;
  private Row row = new Row(1);
  private int nextRow = 1;
  private int rowRepeats = 1;
  private int column;
  private int cellRepeats = 1;
  private String kind = "";
  private @Nullable String value;
  private int paragraphs;
  private int inParagraph;

  private OdsSheets(Workbook workbook) {
    this.workbook = workbook;
  }

  /**
   * @throws RefusedException ENCRYPTED where the manifest says so; CORRUPT where it is no
   *     spreadsheet
   */
  static void read(OfficeZip zip, Workbook workbook) throws IOException {
    if (zip.has("META-INF/manifest.xml")) {
      try (InputStream in = zip.open("META-INF/manifest.xml")) {
        SafeXml.read(in, OdsSheets::refuseLocked);
      }
    }
    OdsSheets sheets = new OdsSheets(workbook);
    try (InputStream in = zip.open("content.xml")) {
      SafeXml.read(in, sheets::at);
    }
    if (workbook.contents().sheets().isEmpty()) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "no sheets");
    }
  }

  private static void refuseLocked(int event, XMLStreamReader xml) throws RefusedException {
    if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("encryption-data")) {
      throw new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password");
    }
  }

  private void at(int event, XMLStreamReader xml) throws RefusedException {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(xml);
      case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        if (inParagraph > 0 && text.length() < Cell.LONGEST) {
          int length = Math.min(xml.getTextLength(), Cell.LONGEST);
          text.append(xml.getTextCharacters(), xml.getTextStart(), length);
        }
      }
      default -> {}
    }
  }

  private void start(XMLStreamReader xml) throws RefusedException {
    switch (xml.getLocalName()) {
      case "table" -> {
        String name = attribute(xml, "name");
        sheet = workbook.begin(name == null ? "" : name);
        nextRow = 1;
      }
      case "table-row" -> {
        row = new Row(nextRow);
        rowRepeats = repeats(attribute(xml, "number-rows-repeated"));
        column = 0;
      }
      case "table-cell", "covered-table-cell" -> {
        cellRepeats = repeats(attribute(xml, "number-columns-repeated"));
        String said = attribute(xml, "value-type");
        kind = said == null ? "" : said;
        value = valueOf(xml);
        text.setLength(0);
        paragraphs = 0;
      }
      case "p" -> {
        if (paragraphs++ > 0) {
          text.append(' ');
        }
        inParagraph++;
      }
      default -> {}
    }
  }

  private @Nullable String valueOf(XMLStreamReader xml) {
    return switch (kind) {
      case "float", "percentage", "currency" -> attribute(xml, "value");
      case "date" -> attribute(xml, "date-value");
      case "time" -> attribute(xml, "time-value");
      default -> null;
    };
  }

  private void end(String element) throws RefusedException {
    switch (element) {
      case "p" -> inParagraph = Math.max(0, inParagraph - 1);
      case "table-cell", "covered-table-cell" -> {
        Cell cell = cell();
        // Wide rows end in thousands of empty cells.
        for (int i = 0; i < cellRepeats && !cell.blank(); i++) {
          row.set(column + i, cell);
        }
        column = Math.min(column + cellRepeats, SheetBuilder.MOST_ROWS);
      }
      case "table-row" -> {
        if (sheet != null) {
          sheet.add(row);
          if (row.width() > 0) {
            sheet.repeat(rowRepeats - 1L);
          }
        }
        nextRow = Math.min(nextRow + rowRepeats, Integer.MAX_VALUE / 2);
      }
      case "table" -> {
        if (sheet != null) {
          workbook.end(sheet);
          sheet = null;
        }
      }
      default -> {}
    }
  }

  private Cell cell() {
    String stated = value;
    if (stated == null) {
      return Cell.text(text.toString());
    }
    return switch (kind) {
      case "date" ->
          stated.indexOf('T') > 0
              ? new Cell(Cell.Kind.DATETIME, Words.line(stated.replace('T', ' '), 40))
              : new Cell(Cell.Kind.DATE, Words.line(stated, 40));
      case "time" -> new Cell(Cell.Kind.TIME, Words.line(clock(stated), 40));
      default -> new Cell(Cell.Kind.NUMBER, Words.line(stated, 40));
    };
  }

  /** {@code PT14H05M00S} as people write it. */
  private static String clock(String duration) {
    return duration.matches("PT\\d{1,6}H\\d{1,2}M\\d{1,2}(\\.\\d+)?S")
        ? duration.substring(2).replaceAll("[HM]", ":").replaceAll("(\\.\\d+)?S$", "")
        : duration;
  }

  private static int repeats(@Nullable String times) {
    return times != null && times.matches("[0-9]{1,9}") ? Math.max(1, Integer.parseInt(times)) : 1;
  }

  private static @Nullable String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }
}
