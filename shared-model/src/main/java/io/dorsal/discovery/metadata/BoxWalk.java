package io.dorsal.discovery.metadata;

import java.util.HashMap;
import java.util.Map;

/**
 * ISO base media files (ISO/IEC 14496-12): HEIF images with their items (ISO/IEC 23008-12), and
 * Canon's CR3. Media data is never read.
 */
final class BoxWalk {

  private static final int MOST_BOXES = 2_000;
  private static final int DEEPEST = 6;
  private static final String CANON = "85c0b687820f11e08111f4ce462b6a48";
  private static final String PREVIEW = "eaf42b5e1c984b88b9fbb7dc406e4d16";
  private static final String XMP = "be7acfcb97a942e89c71999491e3afac";

  private final ByteWindows windows;
  private final Findings findings;
  private final Map<Long, String> items = new HashMap<>();
  private long[] locations = {};
  private int boxes;
  private long largest;
  private long width;
  private long height;

  private BoxWalk(ByteWindows windows, Findings findings) {
    this.windows = windows;
    this.findings = findings;
  }

  static void read(ByteWindows windows, Findings findings) {
    BoxWalk walk = new BoxWalk(windows, findings);
    boolean whole = walk.boxes(0, windows.size(), 0);
    findings.size(walk.width, walk.height);
    if (!whole && !windows.truncated()) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  private boolean boxes(long from, long end, int depth) {
    long at = from;
    while (at + 8 <= end) {
      if (depth > DEEPEST || ++boxes > MOST_BOXES || !windows.has(at, 8)) {
        return false;
      }
      long length = windows.u32(at);
      String type = windows.name(at + 4);
      int header = 8;
      if (length == 1 && windows.has(at + 8, 8)) {
        length = windows.u32(at + 8) << 32 | windows.u32(at + 12);
        header = 16;
      } else if (length == 0) {
        length = end - at;
      }
      if (length < header) {
        return false;
      }
      if (length > end - at) {
        box(type, at + header, end, depth);
        return false;
      }
      box(type, at + header, at + length, depth);
      at += length;
    }
    return true;
  }

  private void box(String type, long body, long end, int depth) {
    switch (type) {
      case "moov", "iprp", "ipco" -> boxes(body, end, depth + 1);
      case "meta" -> meta(body + 4, end, depth);
      case "uuid" -> uuid(body, end, depth);
      case "CMT1" -> tiff(body, end, ExifHandler.Root.IFD0);
      case "CMT2" -> tiff(body, end, ExifHandler.Root.EXIF);
      case "CMT4" -> tiff(body, end, ExifHandler.Root.GPS);
      case "PRVW" -> preview(body, end);
      case "iinf" -> itemInfos(body, end, depth);
      case "infe" -> itemInfo(body, end);
      case "iloc" -> locations = new long[] {body, end};
      case "ispe" -> extent(body);
      default -> {}
    }
  }

  // Writers order the tables as they like: locations are followed when the items are known.
  private void meta(long body, long end, int depth) {
    boxes(body, end, depth + 1);
    if (locations.length == 2) {
      itemLocations(locations[0], locations[1]);
    }
  }

  private void tiff(long body, long end, ExifHandler.Root root) {
    windows.has(body, end - body);
    TiffWalk.read(windows, body, end - body, root, findings);
  }

  private void uuid(long body, long end, int depth) {
    if (!windows.has(body, 16)) {
      return;
    }
    StringBuilder id = new StringBuilder(32);
    for (int i = 0; i < 16; i++) {
      int b = windows.u8(body + i);
      id.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
    }
    switch (id.toString()) {
      case CANON -> boxes(body + 16, end, depth + 1);
      case PREVIEW -> boxes(body + 24, end, depth + 1);
      case XMP -> xmp(body + 16, end - body - 16);
      default -> {}
    }
  }

  private void xmp(long offset, long length) {
    if (length > XmpPacket.LIMIT) {
      findings.notes.add(Note.XMP_REFUSED);
      return;
    }
    byte[] packet = windows.bytes(offset, length);
    if (packet != null) {
      XmpPacket.read(packet, findings);
    }
  }

  // CR3's PRVW: 4 unknown, 2 unknown, width, height, 2 unknown, length, then the JPEG.
  private void preview(long body, long end) {
    if (windows.has(body, 16)) {
      findings.preview(
          body + 16, Math.min(windows.u32(body + 12), end - body - 16), windows.size());
    }
  }

  private void extent(long body) {
    if (windows.has(body, 12)) {
      long w = windows.u32(body + 4);
      long h = windows.u32(body + 8);
      // Tiles and thumbnails declare their extents too: the picture is the largest.
      if ((double) w * h > largest) {
        largest = (long) Math.min((double) w * h, Long.MAX_VALUE);
        width = w;
        height = h;
      }
    }
  }

  private void itemInfos(long body, long end, int depth) {
    if (windows.has(body, 6)) {
      boxes(body + (windows.u8(body) == 0 ? 6 : 8), end, depth + 1);
    }
  }

  private void itemInfo(long body, long end) {
    int version = windows.has(body, 1) ? windows.u8(body) : 0;
    int idBytes = version == 3 ? 4 : 2;
    if (version < 2 || body + 4 + idBytes + 6 > end || !windows.has(body, idBytes + 10L)) {
      return;
    }
    long id = number(body + 4, idBytes);
    String type = windows.name(body + 4 + idBytes + 2);
    if (type.equals("Exif") || type.equals("mime")) {
      items.put(id, type);
    }
  }

  // ISO/IEC 14496-12, 8.11.3; only items in the file itself and in one piece are followed.
  private void itemLocations(long body, long end) {
    if (!windows.has(body, 8)) {
      return;
    }
    int version = windows.u8(body);
    int offsetSize = windows.u8(body + 4) >> 4;
    int lengthSize = windows.u8(body + 4) & 15;
    int baseSize = windows.u8(body + 5) >> 4;
    int indexSize = version == 0 ? 0 : windows.u8(body + 5) & 15;
    int idSize = version < 2 ? 2 : 4;
    long count = number(body + 6, idSize);
    long at = body + 6 + idSize;
    for (long i = 0; i < count && i < MOST_BOXES; i++) {
      int fixed = idSize + (version > 0 ? 2 : 0) + 2 + baseSize + 2;
      if (at + fixed > end || !windows.has(at, fixed)) {
        return;
      }
      int extents = windows.u16(at + fixed - 2);
      int extent = indexSize + offsetSize + lengthSize;
      int method = version > 0 ? windows.u16(at + idSize) & 15 : 0;
      long base = number(at + fixed - 2 - baseSize, baseSize);
      String type = items.remove(number(at, idSize));
      if (type != null && method == 0 && extents == 1 && windows.has(at + fixed, extent)) {
        long offset = base + number(at + fixed + indexSize, offsetSize);
        item(type, offset, number(at + fixed + indexSize + offsetSize, lengthSize));
      }
      at += fixed + (long) extents * extent;
    }
  }

  private void item(String type, long offset, long length) {
    if (type.equals("mime")) {
      if (windows.startsWith(offset, "<")) {
        xmp(offset, length);
      }
    } else if (length > 4 && windows.has(offset, 4)) {
      long skip = 4 + windows.u32(offset);
      if (skip < length) {
        windows.has(offset, Math.min(length, ByteWindows.STEP));
        TiffWalk.read(windows, offset + skip, length - skip, ExifHandler.Root.IFD0, findings);
      }
    }
  }

  private long number(long at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | windows.u8(at + i);
    }
    return number;
  }
}
