package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates small compressed texts, never beyond 4 MiB. */
final class Inflating {

  private Inflating() {}

  /**
   * The inflated bytes; null if they are more than of use, and with a note if they are beyond the
   * limit or broken.
   *
   * @param most bytes that are of use: what is inflated beyond is counted only
   */
  static byte @Nullable [] bytes(byte[] data, int from, int most, Findings findings) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(4_096);
    byte[] part = new byte[8_192];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(data, from, data.length - from);
      int size = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        if (count == 0) {
          // Cut, or it wants a dictionary that nobody has.
          findings.notes.add(Note.CORRUPT);
          return null;
        }
        size += count;
        if (size > Findings.INFLATE_LIMIT) {
          findings.notes.add(Note.INFLATE_LIMIT);
          return null;
        }
        if (size <= most) {
          all.write(part, 0, count);
        }
      }
      return size <= most ? all.toByteArray() : null;
    } catch (DataFormatException e) {
      findings.notes.add(Note.CORRUPT);
      return null;
    }
  }
}
