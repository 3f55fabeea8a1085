package io.dorsal.bench.store;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** One blob of the stub: a shared body with its own date. Immutable and thread-safe. */
public final class StubFile {

  /** What stands behind a body that is to be longer; of zeros exiftool makes a chunk of each 8. */
  private static final byte[] FILL = fill();

  private final String name;
  private final int index;
  private final StubFiles.Body body;
  private final byte[] date;
  private final int size;
  private final boolean opened;
  private final int firstSharedByte;

  StubFile(String name, int index, StubFiles.Body body, byte[] date, int size, boolean opened) {
    this.name = name;
    this.index = index;
    this.body = body;
    this.date = date;
    this.size = size;
    this.opened = opened;
    int[] dates = body.dates();
    this.firstSharedByte = dates.length == 0 ? 0 : dates[dates.length - 1] + date.length;
  }

  private static byte[] fill() {
    byte[] fill = new byte[128 * 1024];
    Arrays.fill(fill, (byte) 0xFF);
    return fill;
  }

  public String name() {
    return name;
  }

  /** Another file of the same bytes. */
  StubFile copy(String path, int number, boolean openedToo) {
    return new StubFile(path, number, body, date, size, openedToo);
  }

  StubFiles.Body body() {
    return body;
  }

  /** What its dates are replaced by. */
  String date() {
    return new String(date, StandardCharsets.US_ASCII);
  }

  /** Whether a scan has to open it: it is not excluded, not empty and of a class that is read. */
  public boolean opened() {
    return opened && size > 0;
  }

  /** All its bytes. */
  public byte[] bytes() {
    return range(0, size).getBytes();
  }

  /**
   * Some of its bytes.
   *
   * @throws RuntimeException where they do not lie in the file
   */
  public byte[] bytes(int offset, int length) {
    java.util.Objects.checkFromIndexSize(offset, length, size);
    return range(offset, offset + length).getBytes();
  }

  /** Bytes. */
  public int size() {
    return size;
  }

  /** As HTTP writes it, in quotes. */
  public String etag() {
    return "\"0x8DE%011X\"".formatted(index);
  }

  /** Content-MD5 in base64, reckoned at each call. */
  String md5() {
    try {
      var digest = MessageDigest.getInstance("MD5");
      for (int at = 0; at < size; at += FILL.length) {
        digest.update(range(at, Math.min(size, at + FILL.length)).getBytes());
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The bytes from one place to before another. */
  Buffer range(int from, int to) {
    Buffer out = Buffer.buffer(to - from);
    int stored = body.bytes().length;
    if (from < stored) {
      out.appendBytes(body.bytes(), from, Math.min(to, stored) - from);
      if (from < firstSharedByte) {
        writeDates(out, from);
      }
    }
    for (int at = Math.max(from, stored); at < to; ) {
      int length = Math.min(to - at, FILL.length);
      out.appendBytes(FILL, 0, length);
      at += length;
    }
    return out;
  }

  private void writeDates(Buffer out, int from) {
    for (int place : body.dates()) {
      for (int i = 0; i < date.length; i++) {
        int at = place + i - from;
        if (at >= 0 && at < out.length()) {
          out.setByte(at, date[i]);
        }
      }
    }
  }
}
