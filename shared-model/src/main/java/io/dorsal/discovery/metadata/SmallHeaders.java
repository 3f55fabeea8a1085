package io.dorsal.discovery.metadata;

/** Formats whose first bytes hold all that is wanted, or say where it is. */
final class SmallHeaders {

  private static final String GIF_XMP = "\u000bXMP DataXMP";

  private static final int MOST_RAF_ENTRIES = 256;

  private SmallHeaders() {}

  /** The screen's size, and XMP (XMP part 3, 1.1.2) where it stands before the first picture. */
  static void gif(ByteWindows windows, Findings findings) {
    if (!windows.has(6, 7)) {
      return;
    }
    findings.size(windows.u16le(6), windows.u16le(8));
    int flags = windows.u8(10);
    long at = 13 + ((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
    while (windows.present(at, 3) && windows.u8(at) == 0x21) {
      if (windows.startsWith(at + 2, GIF_XMP)) {
        gifXmp(at + 2 + GIF_XMP.length(), windows, findings);
        return;
      }
      at += 2;
      while (windows.present(at, 1) && windows.u8(at) != 0) {
        at += 1 + windows.u8(at);
      }
      at++;
    }
  }

  // The packet stands there as it is; 258 bytes behind it lead readers of blocks to its end.
  private static void gifXmp(long start, ByteWindows windows, Findings findings) {
    long end = start;
    while (windows.present(end, 1) && windows.u8(end) != 1) {
      end++;
    }
    byte[] packet = windows.bytes(start, end - start);
    if (packet != null) {
      XmpPacket.read(packet, findings);
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
    if (windows.has(92, 4)) {
      rafSize(windows.u32(92), windows, findings);
    }
  }

  /** The table of the sensor: 0x0111 is the size without its edges, 0x0100 and 0x0121 with them. */
  private static void rafSize(long table, ByteWindows windows, Findings findings) {
    if (table <= 0 || !windows.has(table, 4)) {
      return;
    }
    long count = Math.min(windows.u32(table), MOST_RAF_ENTRIES);
    long at = table + 4;
    long full = -1;
    for (long i = 0; i < count && windows.has(at, 8); i++) {
      int tag = windows.u16(at);
      if (tag == 0x0111) {
        findings.size(windows.u16(at + 6), windows.u16(at + 4));
      } else if (tag == 0x0100 || tag == 0x0121) {
        full = at;
      }
      at += 4 + windows.u16(at + 2);
    }
    if (full >= 0) {
      findings.size(windows.u16(full + 6), windows.u16(full + 4));
    }
  }
}
