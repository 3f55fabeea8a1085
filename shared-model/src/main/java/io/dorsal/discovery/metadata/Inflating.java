package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates small compressed texts, never beyond 4 MiB. */
final class Inflating {

  private Inflating() {}

  /** The inflated bytes; null, with a note, if they are too many or broken. */
  static byte @Nullable [] bytes(byte[] data, int from, Findings findings) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(4_096);
    byte[] part = new byte[8_192];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(data, from, data.length - from);
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        if (count == 0) {
          // Cut, or it wants a dictionary that nobody has.
          findings.notes.add(Note.CORRUPT);
          return null;
        }
        all.write(part, 0, count);
        if (all.size() > Findings.INFLATE_LIMIT) {
          findings.notes.add(Note.INFLATE_LIMIT);
          return null;
        }
      }
      return all.toByteArray();
    } catch (DataFormatException e) {
      findings.notes.add(Note.CORRUPT);
      return null;
    }
  }
}
