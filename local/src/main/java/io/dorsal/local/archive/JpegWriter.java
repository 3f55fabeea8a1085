package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Splices metadata segments between a JPEG's start and its image. Not thread-safe. */
final class JpegWriter {

  private static final byte[] EXIF = ascii("Exif\0\0");
  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
  private static final int LONGEST_SEGMENT = 65_000;

  private final ByteBuilder out;

  JpegWriter(int capacity) {
    out = new ByteBuilder(ByteOrder.BIG_ENDIAN, capacity).u16(0xFFD8);
  }

  JpegWriter exif(byte[] tiff) {
    return segment(0xE1, EXIF, tiff, 0, tiff.length);
  }

  JpegWriter xmp(byte[] packet) {
    return segment(0xE1, XMP, packet, 0, packet.length);
  }

  JpegWriter iptc(byte[] resources) {
    return segment(0xED, new byte[0], resources, 0, resources.length);
  }

  JpegWriter comment(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return segment(0xFE, new byte[0], bytes, 0, bytes.length);
  }

  /** A preview too large for EXIF: some makers run it through one APP3 segment after the other. */
  JpegWriter preview(byte[] jpeg) {
    return spread(0xE3, new byte[0], jpeg);
  }

  /** Blocks of an editing program, which pushes what follows back. */
  JpegWriter foreign(byte[] bytes) {
    return spread(0xEB, ascii("DEMO\0"), bytes);
  }

  /** Appends the image; its own JFIF segment gives way to what was spliced in. */
  byte[] image(byte[] jpeg) {
    boolean jfif = (jpeg[3] & 0xFF) == 0xE0;
    int from = jfif ? 4 + (((jpeg[4] & 0xFF) << 8) | (jpeg[5] & 0xFF)) : 2;
    return out.put(jpeg, from, jpeg.length - from).toBytes();
  }

  private JpegWriter spread(int marker, byte[] head, byte[] bytes) {
    for (int at = 0; at < bytes.length; at += LONGEST_SEGMENT) {
      segment(marker, head, bytes, at, Math.min(LONGEST_SEGMENT, bytes.length - at));
    }
    return this;
  }

  private JpegWriter segment(int marker, byte[] head, byte[] bytes, int from, int length) {
    out.u8(0xFF).u8(marker).u16(2 + head.length + length).put(head).put(bytes, from, length);
    return this;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
