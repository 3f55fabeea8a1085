package io.dorsal.jobs.contents.formats;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/** Tells by a cell's style whether its number is a moment. Not thread-safe. */
final class CellStyles {

  private final @Nullable StylesTable styles;
  private final boolean since1904;
  private final Map<Integer, Boolean> moments = new HashMap<>();

  CellStyles(@Nullable StylesTable styles, boolean since1904) {
    this.styles = styles;
    this.since1904 = since1904;
  }

  Cell cell(double value, int style) {
    boolean moment = style >= 0 && moments.computeIfAbsent(style, this::moment);
    return moment && DateUtil.isValidExcelDate(value)
        ? Cell.moment(value, DateUtil.getLocalDateTime(value, since1904))
        : Cell.number(value);
  }

  private boolean moment(int style) {
    if (styles == null || style >= styles.getNumCellStyles()) {
      return false;
    }
    XSSFCellStyle found = styles.getStyleAt(style);
    return found != null
        && DateUtil.isADateFormat(found.getDataFormat(), found.getDataFormatString());
  }
}
