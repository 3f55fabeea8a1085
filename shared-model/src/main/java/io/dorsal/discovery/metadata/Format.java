package io.dorsal.discovery.metadata;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The formats that are told apart by their first bytes. */
enum Format {
  JPEG("image/jpeg", FileClass.IMAGE, "jpg jpeg jpe"),
  PNG("image/png", FileClass.IMAGE, "png"),
  GIF("image/gif", FileClass.IMAGE, "gif"),
  BMP("image/bmp", FileClass.IMAGE, "bmp"),
  WEBP("image/webp", FileClass.IMAGE, "webp"),
  HEIF("image/heic", FileClass.IMAGE, "heic heif"),
  AVIF("image/avif", FileClass.IMAGE, ""),
  CR2("image/x-canon-cr2", FileClass.RAW, "cr2"),
  CR3("image/x-canon-cr3", FileClass.RAW, "cr3"),
  ORF("image/x-olympus-orf", FileClass.RAW, "orf"),
  RW2("image/x-panasonic-rw2", FileClass.RAW, "rw2 rwl"),
  RAF("image/x-fuji-raf", FileClass.RAW, "raf"),
  TIFF("image/tiff", FileClass.IMAGE, "tif tiff dng nef nrw arw pef srw rwl cr2 orf rw2"),
  BIG_TIFF("image/tiff", FileClass.IMAGE, "tif tiff dng"),
  PDF("application/pdf", FileClass.DOCUMENT, "pdf"),
  RTF("application/rtf", FileClass.DOCUMENT, "rtf doc"),
  OLE("application/x-ole-storage", FileClass.OTHER, "xls doc ppt xlsx xlsm docx pptx"),
  ZIP("application/zip", FileClass.OTHER, "xlsx xlsm ods docx pptx"),
  SQLITE("application/vnd.sqlite3", FileClass.DATA, "sqlite sqlite3 db"),
  JET("application/x-msaccess", FileClass.DATA, "mdb accdb");

  private final String mediaType;
  private final FileClass fileClass;
  private final String extensions;

  Format(String mediaType, FileClass fileClass, String extensions) {
    this.mediaType = mediaType;
    this.fileClass = fileClass;
    this.extensions = " " + extensions + " ";
  }

  String mediaType() {
    return mediaType;
  }

  boolean accepts(String extension) {
    return extensions.contains(" " + extension + " ");
  }

  /** The class by content; a class that fits the extension stays. */
  FileClass fileClass(String extension, FileClass byName) {
    return accepts(extension) ? byName : fileClass;
  }

  static @Nullable Format of(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 32), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    Format tiff = tiff(start);
    return tiff != null ? tiff : other(start, head);
  }

  private static @Nullable Format tiff(String start) {
    if (start.length() < 8) {
      return null;
    }
    return switch (start.substring(0, 4)) {
      case "II*\0" -> start.startsWith("CR\u0002", 8) ? CR2 : TIFF;
      case "MM\0*" -> TIFF;
      case "II+\0", "MM\0+" -> BIG_TIFF;
      case "IIRO", "IIRS", "MMOR" -> ORF;
      case "IIU\0" -> RW2;
      default -> null;
    };
  }

  private static @Nullable Format other(String start, byte[] head) {
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return GIF;
    } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    } else if (start.startsWith("ftyp", 4) && start.length() >= 12) {
      return brand(start.substring(8, 12));
    } else if (start.startsWith("FUJIFILMCCD-RAW ")) {
      return RAF;
    } else if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return ZIP;
    } else if (start.startsWith("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) {
      return OLE;
    } else if (start.startsWith("SQLite format 3\0")) {
      return SQLITE;
    } else if (start.startsWith("Standard ", 4) && start.startsWith(" DB", 16)) {
      return JET;
    } else if (start.startsWith("{\\rtf")) {
      return RTF;
    } else if (start.startsWith("BM") && bitmapHeader(head)) {
      return BMP;
    }
    String early = new String(head, 0, Math.min(head.length, 1_024), StandardCharsets.ISO_8859_1);
    return early.contains("%PDF-") ? PDF : null;
  }

  // Two letters alone would make a bitmap of every text that starts with BM.
  private static boolean bitmapHeader(byte[] head) {
    return head.length >= 26
        && (head[14] == 12 || head[14] >= 40 || head[14] == 108)
        && head[15] == 0;
  }

  private static @Nullable Format brand(String brand) {
    return switch (brand) {
      case "crx " -> CR3;
      case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> HEIF;
      case "avif", "avis" -> AVIF;
      default -> null;
    };
  }
}
