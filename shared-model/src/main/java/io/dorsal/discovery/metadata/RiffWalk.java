package io.dorsal.discovery.metadata;

/** WebP: the chunks of its RIFF container. */
final class RiffWalk {

  private static final int MOST_CHUNKS = 2_000;

  private RiffWalk() {}

  static void read(ByteWindows windows, Findings findings) {
    long at = 12;
    for (int i = 0; i < MOST_CHUNKS && at < windows.size(); i++) {
      if (!windows.has(at, 8)) {
        break;
      }
      long length = windows.u32le(at + 4);
      chunk(windows.name(at), windows, at + 8, length, findings);
      at += 8 + length + (length & 1);
    }
    // A missing last pad byte is common and harms nothing.
    boolean cut = at > windows.size() + 1 || at == 12;
    if (cut && !windows.truncated()) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  private static void chunk(
      String type, ByteWindows windows, long body, long length, Findings findings) {
    switch (type) {
      case "VP8X" -> {
        if (windows.has(body, 10)) {
          findings.size(u24(windows, body + 4) + 1L, u24(windows, body + 7) + 1L);
        }
      }
      case "VP8 " -> {
        if (windows.startsWith(body + 3, "\u009d\u0001*") && windows.has(body, 10)) {
          findings.size(windows.u16le(body + 6) & 0x3FFF, windows.u16le(body + 8) & 0x3FFF);
        }
      }
      case "VP8L" -> {
        if (windows.startsWith(body, "/") && windows.has(body, 5)) {
          long bits = windows.u32le(body + 1);
          findings.size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
        }
      }
      case "EXIF" -> {
        windows.has(body, length);
        int skip = windows.startsWith(body, "Exif\0\0") ? 6 : 0;
        TiffWalk.read(windows, body + skip, length - skip, ExifHandler.Root.IFD0, findings);
      }
      case "XMP " -> {
        byte[] packet = windows.bytes(body, length);
        if (packet != null) {
          XmpPacket.read(packet, findings);
        } else if (length > XmpPacket.LIMIT) {
          findings.notes.add(Note.XMP_REFUSED);
        }
      }
      default -> {}
    }
  }

  private static int u24(ByteWindows windows, long at) {
    return windows.u16le(at) | windows.u8(at + 2) << 16;
  }
}
