package io.dorsal.local.archive;

/**
 * Why a file is in the archive, and how often: {@code share} files in 10,000; what is left over is
 * {@link #PHOTO}. Every kind but the first stands once among the first files of an archive.
 */
enum Kind {
  PHOTO("jpg", 0),
  COPY("jpg", 500),
  SIDECAR("xmp", 300),
  CASE_TWIN("jpg", 15),
  DNG("dng", 250),
  NEF("nef", 150),
  ORF("orf", 120),
  ORF_FAR_EXIF("orf", 15),
  PHOTO_NO_EXIF("jpg", 850),
  PHOTO_NO_GPS("jpg", 450),
  PHOTO_EXIF_BEYOND_64_KIB("jpg", 250),
  PHOTO_LARGE_PREVIEW("jpg", 50),
  TIFF("tif", 120),
  TIFF_FAR_IFD("tiff", 20),
  PNG_EXIF("png", 120),
  PNG_XMP("png", 80),
  WEBP("webp", 80),
  GIF("gif", 20),
  BMP("bmp", 20),
  XLSX("xlsx", 40),
  CSV("csv", 60),
  TEXT("txt", 60),
  PDF("pdf", 40),
  SQLITE("sqlite", 5),
  OTHER("mov", 80),
  EMPTY("jpg", 50),
  CUT_EARLY("jpg", 60),
  CUT_LATE("jpg", 40),
  RANDOM_BYTES("jpg", 50),
  PNG_NAMED_JPG("jpg", 20),
  JPEG_NAMED_PNG("png", 20),
  PNG_DIMENSION_BOMB("png", 4),
  PNG_TEXT_BOMB("png", 4),
  PNG_PROFILE_BOMB("png", 4),
  XLSX_BOMB("xlsx", 4),
  TIFF_LOOP("tif", 10),
  XMP_DTD("jpg", 10),
  DATE_1899("jpg", 10),
  DATE_2099("jpg", 10),
  DATE_CAMERA_RESET("jpg", 15),
  DATE_OF_CHANGE_ONLY("jpg", 15),
  GPS_ZERO("jpg", 15),
  GPS_OUT_OF_RANGE("jpg", 10),
  NAME_LINE_BREAK("jpg", 4),
  NAME_RIGHT_TO_LEFT("jpg", 4),
  NAME_EMOJI("jpg", 4),
  NAME_PERCENT("jpg", 4),
  NAME_TRAILING_DOT("", 4),
  NAME_TRAILING_BLANK("", 4),
  NAME_FOLDER_DOT_BLANK("jpg", 4),
  NAME_FORMULA("jpg", 4),
  NAME_NFC("jpg", 4),
  NAME_NFD("jpg", 4),
  NAME_DOT_DOT("jpg", 4),
  JUNK_THUMBS("db", 20),
  JUNK_DS_STORE("", 20),
  JUNK_OFFICE_LOCK("xlsx", 10),
  JUNK_MACOSX("jpg", 10),
  FOLDER_MARKER("", 20),
  FOLDER_MARKER_SLASH("", 10);

  private final String extension;
  private final int share;

  Kind(String extension, int share) {
    this.extension = extension;
    this.share = share;
  }

  String extension() {
    return extension;
  }

  int share() {
    return share;
  }

  boolean isRaw() {
    return this == DNG || this == NEF || this == ORF || this == ORF_FAR_EXIF;
  }
}
