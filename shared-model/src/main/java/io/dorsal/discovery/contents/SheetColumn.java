package io.dorsal.discovery.contents;

/**
 * One column of a sheet.
 *
 * @param header its heading, or its letter where the sheet has no header row
 * @param confidence 0 to 1: the share of its values that are of the type, weighed by the heading
 * @param candidate whether a manifest may take values from it
 */
public record SheetColumn(String header, ColumnType type, double confidence, boolean candidate) {

  /** From this confidence on a column is a candidate. */
  private static final double ENOUGH = 0.6;

  public SheetColumn(String header, ColumnType type, double confidence) {
    this(header, type, confidence, type.useful() && confidence >= ENOUGH);
  }
}
