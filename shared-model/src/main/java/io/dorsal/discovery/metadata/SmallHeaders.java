package io.dorsal.discovery.metadata;

/** Formats whose first bytes hold all that is wanted, or say where it is. */
final class SmallHeaders {

  private SmallHeaders() {}

  static void gif(ByteWindows windows, Findings findings) {
    if (windows.has(6, 4)) {
      findings.size(windows.u16le(6), windows.u16le(8));
    }
  }

  /** Width and height stand behind the header's own size; a negative height means top-down rows. */
  static void bmp(ByteWindows windows, Findings findings) {
    if (windows.has(14, 12)) {
      if (windows.u32le(14) == 12) {
        findings.size(windows.u16le(18), windows.u16le(20));
      } else {
        findings.size(Math.abs((int) windows.u32le(18)), Math.abs((int) windows.u32le(22)));
      }
    }
  }

  /** Fujifilm's raw file: offset and length of a JPEG, which holds the EXIF. */
  static void raf(ByteWindows windows, Findings findings) {
    if (windows.has(84, 8)) {
      long offset = windows.u32(84);
      findings.preview(offset, windows.u32(88), windows.size());
      JpegWalk.readEmbedded(windows, offset, findings);
    }
  }
}
