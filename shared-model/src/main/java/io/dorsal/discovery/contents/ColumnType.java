package io.dorsal.discovery.contents;

/** What the values of a column are. */
public enum ColumnType {
  DATE,
  TIME,
  DATETIME,
  LATITUDE,
  LONGITUDE,
  INDIVIDUAL,
  PERSON,
  FILENAME,
  NUMBER,
  TEXT;

  /** Whether a manifest can take a value from such a column. */
  boolean useful() {
    return switch (this) {
      case DATE, TIME, DATETIME, LATITUDE, LONGITUDE, INDIVIDUAL, PERSON, FILENAME -> true;
      case NUMBER, TEXT -> false;
    };
  }
}
