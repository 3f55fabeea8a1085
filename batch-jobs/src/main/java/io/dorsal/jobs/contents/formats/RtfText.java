package io.dorsal.jobs.contents.formats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The text of a Rich Text Format file (version 1.9.1 of its specification): words, paragraphs and
 * tabs; pictures, objects, fonts and styles are passed over. Not thread-safe.
 */
final class RtfText {

  private static final int DEEPEST = 1_000;
  private static final int LONGEST_WORD = 32;
  private static final Set<String> PASSED_OVER =
      Set.of(
          "fonttbl",
          "colortbl",
          "stylesheet",
          "info",
          "pict",
          "object",
          "themedata",
          "colorschememapping",
          "latentstyles",
          "datastore",
          "listtable",
          "listoverridetable",
          "xmlnstbl",
          "rsidtbl",
          "generator",
          "fldinst",
          "header",
          "footer");

  /** What a group inherits and gives back at its end. */
  private record Group(boolean hidden, int skipAfterUnicode) {}

  private final InputStream in;
  private final TextCollector text;
  private final Deque<Group> outer = new ArrayDeque<>();
  private Group group = new Group(false, 1);
  private Charset charset = Charsets.WINDOWS;
  private int toSkip;
  private int peeked = -1;

  private RtfText(InputStream in, TextCollector text) {
    this.in = in;
    this.text = text;
  }

  /**
   * @throws RefusedException CORRUPT where groups nest beyond 1,000 or the file ends within one
   */
  static void read(Path file, TextCollector text) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      new RtfText(in, text).read();
    }
  }

  private void read() throws IOException {
    for (int c = next(); c >= 0; c = next()) {
      switch (c) {
        case '{' -> {
          if (outer.size() == DEEPEST) {
            throw new RefusedException(RefusedException.Code.CORRUPT, "groups nest too deep");
          }
          outer.push(group);
        }
        case '}' -> {
          if (outer.isEmpty()) {
            return;
          }
          group = outer.pop();
          toSkip = 0;
          if (outer.isEmpty()) {
            return;
          }
        }
        case '\\' -> control();
        case '\r', '\n', 0 -> {}
        default -> shown(new byte[] {(byte) c});
      }
    }
    throw new RefusedException(RefusedException.Code.CORRUPT, "the file is cut");
  }

  private int next() throws IOException {
    int c = peeked >= 0 ? peeked : in.read();
    peeked = -1;
    return c;
  }

  private void control() throws IOException {
    int c = next();
    if (!letter(c)) {
      symbol(c);
      return;
    }
    StringBuilder word = new StringBuilder();
    while (letter(c) && word.length() < LONGEST_WORD) {
      word.append((char) c);
      c = next();
    }
    boolean negative = c == '-';
    if (negative) {
      c = next();
    }
    long value = -1;
    for (int digits = 0; c >= '0' && c <= '9' && digits < 10; digits++) {
      value = Math.max(value, 0) * 10 + c - '0';
      c = next();
    }
    if (c != ' ') {
      peeked = c;
    }
    word(word.toString(), negative ? -value : value);
  }

  private void symbol(int c) throws IOException {
    switch (c) {
      case '\'' -> {
        int high = Character.digit(next(), 16);
        int low = Character.digit(next(), 16);
        if (high >= 0 && low >= 0) {
          shown(new byte[] {(byte) (high << 4 | low)});
        }
      }
      case '*' -> group = new Group(true, group.skipAfterUnicode());
      case '~' -> show(" ");
      case '_' -> show("-");
      case '\r', '\n' -> show("\n");
      case '\\', '{', '}' -> show(Character.toString(c));
      default -> {}
    }
  }

  private void word(String word, long value) throws IOException {
    switch (word) {
      case "par", "line", "row", "sect", "page" -> show("\n");
      case "tab", "cell" -> show("\t");
      case "emdash", "endash" -> show("-");
      case "lquote", "rquote" -> show("'");
      case "ldblquote", "rdblquote" -> show("\"");
      case "ansicpg" -> charset = codePage(value);
      case "uc" -> group = new Group(group.hidden(), Math.clamp(value, 0, 16));
      case "u" -> {
        show(Character.toString((char) value));
        toSkip = group.skipAfterUnicode();
      }
      case "bin" -> in.skipNBytes(Math.clamp(value, 0, 1L << 30));
      default -> {
        if (PASSED_OVER.contains(word)) {
          group = new Group(true, group.skipAfterUnicode());
        }
      }
    }
  }

  private static Charset codePage(long number) {
    String name = "windows-" + number;
    return number == 65001
        ? StandardCharsets.UTF_8
        : Charset.isSupported(name) ? Charset.forName(name) : Charsets.WINDOWS;
  }

  /** One byte in the document's code page, which may stand in for a character just shown. */
  private void shown(byte[] bytes) {
    if (toSkip > 0) {
      toSkip--;
    } else {
      show(new String(bytes, charset));
    }
  }

  private void show(String part) {
    if (!group.hidden()) {
      text.add(part);
    }
  }

  private static boolean letter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
