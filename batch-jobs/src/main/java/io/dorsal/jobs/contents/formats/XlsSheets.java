package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.eventusermodel.FormatTrackingHSSFListener;
import org.apache.poi.hssf.eventusermodel.HSSFEventFactory;
import org.apache.poi.hssf.eventusermodel.HSSFListener;
import org.apache.poi.hssf.eventusermodel.HSSFRequest;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** The sheets of an Excel 97 workbook ([MS-XLS]), record by record. Not thread-safe. */
final class XlsSheets implements HSSFListener {

  private final Workbook workbook;
  private final FormatTrackingHSSFListener formats = new FormatTrackingHSSFListener(this);
  private final List<BoundSheetRecord> bound = new ArrayList<>();
  private @Nullable List<BoundSheetRecord> inOrder;
  private @Nullable SSTRecord strings;
  private @Nullable SheetBuilder sheet;
  private Row row = new Row(1);
  private int depth;
  private int sheets;
  private boolean since1904;
  private @Nullable FormulaRecord awaitsText;

  private XlsSheets(Workbook workbook) {
    this.workbook = workbook;
  }

  /** Carries a refusal through POI's listener. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final RefusedException refusal;

    Stopped(RefusedException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  static void read(DirectoryNode root, Workbook workbook) throws IOException {
    XlsSheets reading = new XlsSheets(workbook);
    HSSFRequest request = new HSSFRequest();
    request.addListenerForAllRecords(reading.formats);
    try {
      new HSSFEventFactory().processWorkbookEvents(request, root);
    } catch (Stopped e) {
      throw e.refusal;
    }
  }

  @Override
  public void processRecord(Record record) {
    try {
      switch (record) {
        case BOFRecord begin -> begin(begin);
        case EOFRecord end -> end();
        case BoundSheetRecord one -> bound.add(one);
        case SSTRecord table -> strings = table;
        case DateWindow1904Record window -> since1904 = window.getWindowing() == 1;
        case StringRecord result -> {
          if (awaitsText != null) {
            put(awaitsText, Cell.text(result.getString()));
            awaitsText = null;
          }
        }
        case CellValueRecordInterface cell -> cell(cell);
        default -> {}
      }
    } catch (RefusedException e) {
      throw new Stopped(e);
    }
  }

  private void begin(BOFRecord record) throws RefusedException {
    if (depth++ == 0 && record.getType() == BOFRecord.TYPE_WORKSHEET) {
      if (inOrder == null) {
        inOrder = List.of(BoundSheetRecord.orderByBofPosition(bound));
      }
      sheet = workbook.begin(sheets < inOrder.size() ? inOrder.get(sheets).getSheetname() : "");
      row = new Row(1);
    }
    if (depth == 1 && record.getType() != BOFRecord.TYPE_WORKBOOK) {
      sheets++;
    }
  }

  private void end() throws RefusedException {
    if (--depth == 0 && sheet != null) {
      sheet.add(row);
      workbook.end(sheet);
      sheet = null;
    }
  }

  private void cell(CellValueRecordInterface record) throws RefusedException {
    switch (record) {
      case LabelSSTRecord label ->
          put(
              label,
              Cell.text(
                  strings == null || label.getSSTIndex() >= strings.getNumUniqueStrings()
                      ? ""
                      : strings.getString(label.getSSTIndex()).getString()));
      case LabelRecord label -> put(label, Cell.text(label.getValue()));
      case NumberRecord number -> put(number, number(number, number.getValue()));
      case BoolErrRecord flag ->
          put(
              flag,
              Cell.text(flag.isError() ? "#ERROR" : flag.getBooleanValue() ? "TRUE" : "FALSE"));
      case FormulaRecord formula -> {
        if (formula.hasCachedResultString()) {
          awaitsText = formula;
        } else {
          put(formula, number(formula, formula.getValue()));
        }
      }
      default -> {}
    }
  }

  private Cell number(CellValueRecordInterface at, double value) {
    String format = formats.getFormatString(at);
    boolean moment = format != null && DateUtil.isADateFormat(formats.getFormatIndex(at), format);
    return moment && DateUtil.isValidExcelDate(value)
        ? Cell.moment(value, DateUtil.getLocalDateTime(value, since1904))
        : Cell.number(value);
  }

  private void put(CellValueRecordInterface at, Cell cell) throws RefusedException {
    if (sheet == null || depth != 1) {
      return;
    }
    if (at.getRow() + 1 != row.number()) {
      sheet.add(row);
      row = new Row(at.getRow() + 1);
    }
    row.set(at.getColumn(), cell);
  }
}
