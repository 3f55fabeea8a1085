package io.dorsal.jobs.contents.formats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out how a text file is written: by its byte order mark, else by what its bytes allow. */
final class Charsets {

  static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int HEAD = 1 << 16;
  private static final char MARK = '\uFEFF';

  private Charsets() {}

  /**
   * Opens the text behind its byte order mark.
   *
   * @throws RefusedException CORRUPT where the file is no text
   */
  static Reader open(Path file) throws IOException {
    Charset charset = of(file);
    var reader =
        new PushbackReader(
            new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(file), HEAD), charset));
    int first = reader.read();
    if (first >= 0 && first != MARK) {
      reader.unread(first);
    }
    return reader;
  }

  static Charset of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    } else if (starts(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    } else if (starts(head, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    Charset wide = withoutMark(head);
    if (wide != null) {
      return wide;
    }
    requireText(head);
    return utf8(file) ? StandardCharsets.UTF_8 : WINDOWS;
  }

  private static boolean starts(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Latin text in two bytes has a zero in nearly every second place. */
  private static @Nullable Charset withoutMark(byte[] head) {
    int pairs = head.length / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs; i++) {
      even += head[2 * i] == 0 ? 1 : 0;
      odd += head[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs >= 4 && odd > pairs * 0.7 && even < pairs * 0.05) {
      return StandardCharsets.UTF_16LE;
    }
    return pairs >= 4 && even > pairs * 0.7 && odd < pairs * 0.05
        ? StandardCharsets.UTF_16BE
        : null;
  }

  private static void requireText(byte[] head) throws RefusedException {
    int strange = 0;
    for (byte each : head) {
      if (each == 0) {
        throw new RefusedException(RefusedException.Code.CORRUPT, "no text: it holds zeros");
      }
      strange += each > 0 && each < ' ' && !(each >= 7 && each <= 13) && each != 27 ? 1 : 0;
    }
    if (strange * 20L > head.length) {
      throw new RefusedException(RefusedException.Code.CORRUPT, "no text: control characters");
    }
  }

  private static boolean utf8(Path file) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD);
    CharBuffer chars = CharBuffer.allocate(HEAD);
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars, read < 0);
        if (result.isError()) {
          return false;
        }
        if (read < 0) {
          return true;
        }
        bytes.compact();
        chars.clear();
      }
    }
  }
}
