package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.contents.Sheet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the sheets of one file within what is kept of a file. Not thread-safe. */
final class Workbook {

  private static final int MOST_SHEETS = 100;

  /** Characters of samples that are kept of one file. */
  private static final int SAMPLE_BUDGET = 1 << 18;

  private final @Nullable Pattern ids;
  private final List<Sheet> sheets = new ArrayList<>();
  private int left = SAMPLE_BUDGET;
  private boolean cut;

  Workbook(@Nullable Pattern ids) {
    this.ids = ids;
  }

  /**
   * Begins the next sheet.
   *
   * @throws RefusedException TOO_LARGE above 100 sheets
   */
  SheetBuilder begin(String name) throws RefusedException {
    if (sheets.size() >= MOST_SHEETS) {
      throw new RefusedException(RefusedException.Code.TOO_LARGE, "more than 100 sheets");
    }
    return new SheetBuilder(name, ids);
  }

  void end(SheetBuilder builder) {
    Sheet sheet = builder.sheet();
    List<List<String>> kept = new ArrayList<>();
    for (List<String> row : sheet.samples()) {
      int length = row.stream().mapToInt(text -> text.length() + 3).sum();
      if (length > left) {
        cut = true;
        left = 0;
        break;
      }
      left -= length;
      kept.add(row);
    }
    sheets.add(new Sheet(sheet.name(), sheet.rows(), sheet.headerRow(), sheet.columns(), kept));
  }

  FileContents contents() {
    return new FileContents(sheets, null, List.of(), cut);
  }
}
