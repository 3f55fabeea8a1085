package io.dorsal.local.archive;

import java.nio.ByteOrder;

/** WebP files of one color (VP8L, the lossless form) with metadata chunks (VP8X). */
final class WebpWriter {

  private static final int EXIF_FLAG = 0x08;
  private static final int XMP_FLAG = 0x04;

  private WebpWriter() {}

  static byte[] write(int width, int height, int green, byte[] exif, byte[] xmp) {
    ByteBuilder chunks = new ByteBuilder(ByteOrder.LITTLE_ENDIAN, exif.length + xmp.length + 128);
    chunks.ascii("WEBP").ascii("VP8X").u32(10).u32(EXIF_FLAG | XMP_FLAG);
    u24(chunks, width - 1);
    u24(chunks, height - 1);
    chunk(chunks, "VP8L", image(width, height, green));
    chunk(chunks, "EXIF", exif);
    chunk(chunks, "XMP ", xmp);
    byte[] body = chunks.toBytes();
    return new ByteBuilder(ByteOrder.LITTLE_ENDIAN, body.length + 8)
        .ascii("RIFF")
        .u32(body.length)
        .put(body)
        .toBytes();
  }

  private static void chunk(ByteBuilder out, String type, byte[] data) {
    out.ascii(type).u32(data.length).put(data).zeros(data.length & 1);
  }

  private static void u24(ByteBuilder out, int value) {
    out.u16(value & 0xFFFF).u8(value >>> 16);
  }

  /** No transforms, no cache, and five prefix codes of one symbol each: pixels cost no bits. */
  private static byte[] image(int width, int height, int green) {
    Bits bits = new Bits();
    bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
    bits.put(0, 3);
    int[] symbols = {green & 0xFF, 30, 90, 255, 0};
    for (int symbol : symbols) {
      bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
    }
    return bits.out.u8(bits.pending).toBytes();
  }

  /** Least significant bit first. */
  private static final class Bits {
    private final ByteBuilder out = new ByteBuilder(ByteOrder.LITTLE_ENDIAN, 32);
    private int pending;
    private int count;

    Bits put(int value, int width) {
      for (int bit = 0; bit < width; bit++) {
        pending |= (value >>> bit & 1) << count;
        if (++count == 8) {
          out.u8(pending);
          pending = 0;
          count = 0;
        }
      }
      return this;
    }
  }
}
