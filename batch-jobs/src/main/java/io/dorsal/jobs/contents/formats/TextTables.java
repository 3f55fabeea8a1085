package io.dorsal.jobs.contents.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tables in text files. The delimiter is the one by which most rows agree on their columns. */
final class TextTables {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int LOOKED_AT = 1 << 16;
  private static final int LOOKED_AT_ROWS = 50;
  private static final int LONGEST_FIELD = 1 << 20;
  private static final int LONGEST_ROW = 4 << 20;

  private TextTables() {}

  /**
   * @throws RefusedException CORRUPT where the file is no text; TOO_LARGE for a row beyond 4 Mi
   *     characters, a value beyond 1 Mi, and the limits of every sheet
   */
  static void read(Path file, Workbook workbook) throws IOException {
    char delimiter = delimiter(file);
    SheetBuilder sheet = workbook.begin("");
    try (Reader text = Charsets.open(file);
        CsvReader<CsvRecord> records = reader(text, delimiter)) {
      for (CsvRecord record : records) {
        Row row = new Row((int) Math.min(record.getStartingLineNumber(), Integer.MAX_VALUE));
        for (int column = 0; column < record.getFieldCount(); column++) {
          row.set(column, Cell.text(record.getField(column)));
        }
        sheet.add(row);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new RefusedException(RefusedException.Code.TOO_LARGE, "a row or value is too long");
    }
    workbook.end(sheet);
  }

  private static CsvReader<CsvRecord> reader(Reader text, char delimiter) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .maxBufferSize(2 * LONGEST_FIELD)
        .build(
            CsvRecordHandler.builder()
                .maxFields(16_384)
                .maxFieldSize(LONGEST_FIELD)
                .maxRecordSize(LONGEST_ROW)
                .build(),
            text);
  }

  private static char delimiter(Path file) throws IOException {
    char[] head = new char[LOOKED_AT];
    int length = 0;
    try (Reader text = Charsets.open(file)) {
      for (int read = 0; read >= 0 && length < head.length; ) {
        read = text.read(head, length, head.length - length);
        length += Math.max(read, 0);
      }
    }
    String start = new String(head, 0, length);
    // The last row is cut and would disagree.
    int end = length == head.length ? start.lastIndexOf('\n') : -1;
    String rows = end > 0 ? start.substring(0, end) : start;
    char best = DELIMITERS[0];
    double highest = 0;
    for (char delimiter : DELIMITERS) {
      double agreement = agreement(rows, delimiter);
      if (agreement > highest) {
        highest = agreement;
        best = delimiter;
      }
    }
    return best;
  }

  /** The share of rows with the commonest number of columns; more columns break a tie. */
  private static double agreement(String rows, char delimiter) {
    Map<Integer, Integer> byColumns = new HashMap<>();
    int count = 0;
    try (CsvReader<CsvRecord> records = reader(new StringReader(rows), delimiter)) {
      for (CsvRecord record : records) {
        byColumns.merge(record.getFieldCount(), 1, Integer::sum);
        if (++count == LOOKED_AT_ROWS) {
          break;
        }
      }
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      return 0;
    }
    double best = 0;
    for (Map.Entry<Integer, Integer> each : byColumns.entrySet()) {
      if (each.getKey() > 1) {
        double share = (double) each.getValue() / count;
        best = Math.max(best, share + Math.min(each.getKey(), 500) / 1e6);
      }
    }
    return best;
  }
}
