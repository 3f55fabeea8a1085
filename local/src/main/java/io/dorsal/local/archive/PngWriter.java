package io.dorsal.local.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Splices chunks into a PNG behind its header. Not thread-safe. */
final class PngWriter {

  /** Signature and IHDR. */
  private static final int HEAD = 8 + 25;

  private final byte[] body;
  private final ByteBuilder out;

  PngWriter(byte[] png) {
    body = png;
    out = new ByteBuilder(ByteOrder.BIG_ENDIAN, png.length + 4096).put(png, 0, HEAD);
  }

  PngWriter exif(byte[] tiff) {
    return chunk("eXIf", tiff);
  }

  PngWriter xmp(byte[] packet) {
    ByteBuilder text = new ByteBuilder(ByteOrder.BIG_ENDIAN, packet.length + 32);
    return chunk("iTXt", text.ascii("XML:com.adobe.xmp\0\0\0\0\0").put(packet).toBytes());
  }

  PngWriter text(String keyword, String value) {
    return chunk("tEXt", (keyword + "\0" + value).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A text of blanks that inflates to {@code inflated} bytes. */
  PngWriter compressedText(int inflated) {
    return chunk("zTXt", deflated("Comment\0\0", inflated));
  }

  /** A color profile that inflates to {@code inflated} bytes. */
  PngWriter compressedProfile(int inflated) {
    return chunk("iCCP", deflated("icc\0\0", inflated));
  }

  byte[] finish() {
    return out.put(body, HEAD, body.length - HEAD).toBytes();
  }

  /** A PNG of a few bytes that declares an image no memory could hold. */
  static byte[] declaring(int width, int height, String comment) {
    ByteBuilder header = new ByteBuilder(ByteOrder.BIG_ENDIAN, 16);
    header.u32(width).u32(height).u8(8).u8(2).u8(0).u8(0).u8(0);
    ByteBuilder head = new ByteBuilder(ByteOrder.BIG_ENDIAN, 64).u32(0x89504E47L).u32(0x0D0A1A0AL);
    append(head, "IHDR", header.toBytes());
    append(head, "IDAT", deflated("", 4096));
    append(head, "IEND", new byte[0]);
    return new PngWriter(head.toBytes()).text("Comment", comment).finish();
  }

  private PngWriter chunk(String type, byte[] data) {
    append(out, type, data);
    return this;
  }

  private static void append(ByteBuilder to, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    to.u32(data.length).put(name).put(data).u32(crc.getValue());
  }

  private static byte[] deflated(String head, int inflated) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(new byte[inflated]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
