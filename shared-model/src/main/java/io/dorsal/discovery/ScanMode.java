package io.dorsal.discovery;

/** Which listed files a scan reads. */
public enum ScanMode {
  /** INCREMENTAL where an earlier scan of the source completed, else FULL. */
  AUTO,
  /** Every file. */
  FULL,
  /** New and changed files; the others' results are reused. */
  INCREMENTAL
}
