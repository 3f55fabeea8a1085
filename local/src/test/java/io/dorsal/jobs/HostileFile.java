package io.dorsal.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A file made to harm whoever reads it.
 *
 * @param expected outcome, code and notes, with blanks between them
 */
record HostileFile(String name, String expected, Supplier<byte[]> bytes) {

  static HostileFile file(String name, String expected, String latin) {
    return new HostileFile(name, expected, () -> latin(latin));
  }

  static HostileFile zip(String name, String expected, Map<String, String> entries) {
    return new HostileFile(name, expected, () -> zipped(entries));
  }

  /** Each character a byte. */
  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] zipped(Map<String, String> entries) {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(latin(entry.getValue()));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String deflated(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(bytes, new Deflater(9))) {
      out.write(latin(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Big-endian. */
  static String u32(long value) {
    return "" + (char) (value >> 24 & 255) + (char) (value >> 16 & 255) + u16((int) value & 0xFFFF);
  }

  static String u16(int value) {
    return "" + (char) (value >> 8 & 255) + (char) (value & 255);
  }
}
