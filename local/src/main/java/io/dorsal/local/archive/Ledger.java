package io.dorsal.local.archive;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger file: JSON Lines in UTF-8, one {@link LedgerEntry} each in the order of the archive's
 * numbers, members in snake case.
 */
public final class Ledger {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Ledger() {}

  /**
   * Reads the entries one by one; the caller closes the stream.
   *
   * @throws IOException if the file cannot be opened; later failures come as {@link
   *     UncheckedIOException}, a line that is no entry as Jackson's exception
   */
  public static Stream<LedgerEntry> read(Path file) throws IOException {
    BufferedReader lines = Files.newBufferedReader(file);
    return lines
        .lines()
        .map(line -> JSON.readValue(line, LedgerEntry.class))
        .onClose(() -> close(lines));
  }

  /** Writes beside the file and puts it in place when closed after {@link #complete()}. */
  static final class Writer implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final BufferedWriter out;
    private boolean complete;

    Writer(Path file) throws IOException {
      this.file = file.toAbsolutePath();
      part = this.file.resolveSibling(this.file.getFileName() + ".part");
      out = Files.newBufferedWriter(part);
    }

    void write(LedgerEntry entry) throws IOException {
      out.write(JSON.writeValueAsString(entry));
      out.write('\n');
    }

    void complete() {
      complete = true;
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (complete) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(part);
      }
    }
  }

  private static void close(BufferedReader lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
