package io.dorsal.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ZIP of a bundle: every part is scrubbed, and together they never exceed the limit, packed or
 * not. Not thread-safe.
 */
final class BundleZip implements AutoCloseable {

  /** Below 50 MiB with what the ZIP itself needs. */
  static final long MOST_BYTES = 48L << 20;

  private final ZipOutputStream zip;
  private final long most;
  private final Runnable packed;
  private final List<String> cut = new ArrayList<>();
  private long written;

  /**
   * @param packed told after each part
   */
  BundleZip(OutputStream out, Runnable packed) {
    this(out, MOST_BYTES, packed);
  }

  BundleZip(OutputStream out, long most, Runnable packed) {
    this.packed = packed;
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.most = most;
  }

  /** Adds a part of one value; left out where it does not fit. */
  void part(String name, Object value) {
    lines(name, sink -> sink.accept(JsonMapper.shared().valueToTree(value)));
  }

  /** Adds a part of one value per line, as many as fit. */
  void lines(String name, Consumer<Consumer<JsonNode>> source) {
    entry(name, () -> source.accept(value -> line(name, Scrubber.clean(value).toString())));
  }

  /** Adds a part of plain text, as many lines as fit. */
  void text(String name, Stream<String> lines) {
    entry(name, () -> lines.forEach(line -> line(name, Scrubber.clean(line))));
  }

  private void entry(String name, Runnable content) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      content.run();
      zip.closeEntry();
      packed.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String name, String clean) {
    byte[] bytes = (clean + "\n").getBytes(StandardCharsets.UTF_8);
    if (cut.contains(name) || written + bytes.length > most) {
      if (!cut.contains(name)) {
        cut.add(name);
      }
      return;
    }
    written += bytes.length;
    try {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts that did not fit whole. */
  List<String> cut() {
    return List.copyOf(cut);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
