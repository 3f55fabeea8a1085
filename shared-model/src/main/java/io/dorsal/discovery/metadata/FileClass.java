package io.dorsal.discovery.metadata;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a file is to Dorsal, by its extension; decides how much of it is read. */
public enum FileClass {
  IMAGE(Long.MAX_VALUE, "jpg jpeg jpe png tif tiff bmp gif webp heic heif"),
  RAW(Long.MAX_VALUE, "cr2 cr3 nef nrw arw dng orf rw2 raf pef srw rwl"),
  SIDECAR(4L << 20, "xmp"),
  SPREADSHEET(100L << 20, "xlsx xlsm xls ods csv tsv"),
  DOCUMENT(100L << 20, "docx doc pdf txt rtf pptx ppt"),
  DATA(500L << 20, "sqlite sqlite3 db mdb accdb"),
  /** Counted, never read. */
  OTHER(Long.MAX_VALUE, "");

  private static final Map<String, FileClass> BY_EXTENSION = byExtension();

  private final long limit;
  private final String extensions;

  FileClass(long limit, String extensions) {
    this.limit = limit;
    this.extensions = extensions;
  }

  /** The largest size in bytes that is inspected; larger files are skipped. */
  public long limit() {
    return limit;
  }

  /** Whether files of this class are read whole, by a reader of their format. */
  public boolean readWhole() {
    return this == SPREADSHEET || this == DOCUMENT || this == DATA;
  }

  /** The class of a path; only the letters after the last dot of its last segment count. */
  public static FileClass of(String path) {
    return BY_EXTENSION.getOrDefault(extension(path), OTHER);
  }

  /** The extension in lower case without its dot; empty if there is none. */
  static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static Map<String, FileClass> byExtension() {
    Map<String, FileClass> all = new HashMap<>();
    for (FileClass each : values()) {
      for (String extension : each.extensions.split(" ", -1)) {
        if (!extension.isEmpty()) {
          all.put(extension, each);
        }
      }
    }
    return Map.copyOf(all);
  }
}
