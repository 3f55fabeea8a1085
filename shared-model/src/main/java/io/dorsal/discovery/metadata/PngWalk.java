package io.dorsal.discovery.metadata;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** PNG chunks: size, EXIF, XMP, and ImageMagick's raw profiles. Pixels are stepped over. */
final class PngWalk {

  private static final int HEADER = 8;
  private static final int MOST_CHUNKS = 5_000;
  private static final String XMP = "XML:com.adobe.xmp";
  private static final String RAW_PROFILE = "Raw profile type ";

  private final ByteWindows windows;
  private final Findings findings;

  private PngWalk(ByteWindows windows, Findings findings) {
    this.windows = windows;
    this.findings = findings;
  }

  static void read(ByteWindows windows, Findings findings) {
    new PngWalk(windows, findings).walk();
  }

  private void walk() {
    long at = HEADER;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      if (!windows.has(at, HEADER)) {
        damaged();
        return;
      }
      long length = windows.u32(at);
      String type = windows.name(at + 4);
      long next = at + HEADER + length + 4;
      if (type.equals("IEND")) {
        return;
      }
      if (next > windows.size()) {
        damaged();
        chunk(type, at + HEADER, Math.max(0, windows.size() - at - HEADER));
        return;
      }
      chunk(type, at + HEADER, length);
      if (type.equals("IDAT") && !windows.present(next, HEADER)) {
        // Pixels come in thousands of chunks; what follows them is found from the end instead.
        tail(next);
        return;
      }
      at = next;
    }
  }

  private void damaged() {
    if (!windows.truncated()) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  // Pixel data may look like a chunk: only its checksum proves that it is one.
  private void tail(long from) {
    long start = Math.max(from, windows.size() - ByteWindows.STEP);
    byte[] tail = windows.bytes(start, windows.size() - start);
    if (tail == null) {
      return;
    }
    boolean end = false;
    for (int at = 0; at + 12 <= tail.length; at++) {
      String type = type(tail, at + 4);
      if (type != null && proven(tail, at)) {
        end |= type.equals("IEND");
        chunk(type, start + at + HEADER, length(tail, at));
        at += length(tail, at) + 11;
      }
    }
    if (!end) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  private static @Nullable String type(byte[] data, int at) {
    boolean candidate =
        switch (data[at]) {
          case 'e', 'i', 't', 'z', 'I' -> true;
          default -> false;
        };
    if (!candidate) {
      return null;
    }
    String type = new String(data, at, 4, StandardCharsets.ISO_8859_1);
    return switch (type) {
      case "eXIf", "iTXt", "tEXt", "zTXt", "IEND" -> type;
      default -> null;
    };
  }

  private static int length(byte[] data, int at) {
    return (data[at] & 0xFF) << 24
        | (data[at + 1] & 0xFF) << 16
        | (data[at + 2] & 0xFF) << 8
        | (data[at + 3] & 0xFF);
  }

  private static boolean proven(byte[] data, int at) {
    int length = length(data, at);
    if (length < 0 || length > data.length - at - 12) {
      return false;
    }
    CRC32 sum = new CRC32();
    sum.update(data, at + 4, length + 4);
    return (int) sum.getValue() == length(data, at + HEADER + length);
  }

  private void chunk(String type, long body, long length) {
    switch (type) {
      case "IHDR" -> {
        if (length >= 8 && windows.has(body, 8)) {
          findings.size(windows.u32(body), windows.u32(body + 4));
        }
      }
      case "eXIf" -> {
        windows.has(body, length);
        TiffWalk.read(windows, body, length, ExifHandler.Root.IFD0, findings);
      }
      case "iCCP", "zTXt", "tEXt", "iTXt" -> text(type, windows.bytes(body, length));
      default -> {}
    }
  }

  private void text(String type, byte @Nullable [] data) {
    int end = data == null ? -1 : terminator(data, 0);
    if (data == null || end < 0) {
      return;
    }
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    byte[] value =
        switch (type) {
          case "tEXt" -> Arrays.copyOfRange(data, end + 1, data.length);
          case "iTXt" -> international(data, end + 1, most(keyword));
          case "iCCP" -> {
            // Of no use but for what is wrong with it.
            inflate(data, end + 2, 0);
            yield null;
          }
          default -> inflate(data, end + 2, most(keyword));
        };
    if (value != null) {
      use(keyword, value);
    }
  }

  /** How long a text can be to be of use. */
  private static int most(String keyword) {
    return keyword.equals(XMP) || keyword.startsWith(RAW_PROFILE)
        ? Findings.INFLATE_LIMIT
        : ByteWindows.STEP;
  }

  // PNG 3rd edition, 11.3.3.4: flag, method, language, translated keyword, text.
  private byte @Nullable [] international(byte[] data, int at, int most) {
    int language = at + 2 <= data.length ? terminator(data, at + 2) : -1;
    int translated = language < 0 ? -1 : terminator(data, language + 1);
    if (translated < 0) {
      return null;
    }
    return data[at] == 1
        ? inflate(data, translated + 1, most)
        : Arrays.copyOfRange(data, translated + 1, data.length);
  }

  private byte @Nullable [] inflate(byte[] data, int from, int most) {
    return from >= data.length ? null : Inflating.bytes(data, from, most, findings);
  }

  private void use(String keyword, byte[] value) {
    if (keyword.equals(XMP)) {
      XmpPacket.read(value, findings);
    } else if (keyword.startsWith(RAW_PROFILE)) {
      byte[] profile = profile(new String(value, StandardCharsets.ISO_8859_1));
      if (profile != null) {
        useProfile(keyword.substring(RAW_PROFILE.length()), profile);
      }
    } else if (value.length <= ByteWindows.STEP) {
      findings.tags.put("PNG:" + keyword, Text.decode(value));
    }
  }

  private void useProfile(String kind, byte[] profile) {
    switch (kind) {
      case "exif", "APP1" -> {
        int skip = new String(profile, StandardCharsets.ISO_8859_1).startsWith("Exif\0\0") ? 6 : 0;
        ByteWindows inner = ByteWindows.of(profile);
        TiffWalk.read(inner, skip, (long) profile.length - skip, ExifHandler.Root.IFD0, findings);
      }
      case "xmp" -> XmpPacket.read(profile, findings);
      case "iptc", "8bim" -> {
        IptcRecords.readPhotoshop(profile, findings);
        IptcRecords.read(profile, findings);
      }
      default -> {}
    }
  }

  // A line feed, the name, a line with the length, then hexadecimal in lines.
  private static byte @Nullable [] profile(String text) {
    String[] parts = text.strip().split("\\s+", 3);
    if (parts.length < 3) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(parts[2].replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int terminator(byte[] data, int from) {
    for (int i = from; i < data.length; i++) {
      if (data[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
