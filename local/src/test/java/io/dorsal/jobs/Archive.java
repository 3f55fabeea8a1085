package io.dorsal.jobs;

import io.dorsal.local.archive.Ledger;
import io.dorsal.local.archive.LedgerEntry;
import io.dorsal.local.archive.LedgerEntry.Outcome;
import io.dorsal.local.demo.WrittenArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A written archive that is registered as a source.
 *
 * @param name of its connection
 * @param entries the truth of the files a full scan has to read, in the order it reads them
 */
record Archive(
    WrittenArchive written, String name, UUID connection, UUID source, List<LedgerEntry> entries) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.]+");

  static Archive of(WrittenArchive written, String name, UUID connection, UUID source)
      throws IOException {
    try (Stream<LedgerEntry> ledger = Ledger.read(Path.of(written.ledger()))) {
      List<LedgerEntry> inspectable =
          ledger
              .filter(
                  entry ->
                      entry.outcome() == Outcome.INSPECTED || entry.outcome() == Outcome.UNREADABLE)
              .sorted(Comparator.comparing(LedgerEntry::path))
              .toList();
      return new Archive(written, name, connection, source, inspectable);
    }
  }

  long inspectable() {
    return entries.size();
  }

  long unreadable() {
    return entries.stream().filter(entry -> entry.outcome() == Outcome.UNREADABLE).count();
  }

  long partitions() {
    return (inspectable() + 9_999) / 10_000;
  }

  List<String> paths(int from, int to) {
    return entries.subList(from, to).stream().map(LedgerEntry::path).toList();
  }

  /** The only file of a kind. */
  LedgerEntry only(String kind) {
    List<LedgerEntry> found = entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind);
    }
    return found.getFirst();
  }

  /** A file at or soon after this place that is read and that a fault rule can name. */
  String nameableFrom(int index) {
    return entries.stream()
        .skip(index)
        .filter(entry -> entry.size() > 0)
        .map(LedgerEntry::path)
        .filter(path -> PLAIN.matcher(fileName(path)).matches())
        .filter(
            path -> entries.stream().filter(e -> e.path().endsWith(fileName(path))).count() == 1)
        .findFirst()
        .orElseThrow();
  }

  /** What fault rules match to meet the reads of files, not the listings. */
  String reads() {
    return "GET /" + written.account_name() + "/" + written.container() + "/";
  }

  /** The same for one file of {@link #nameableFrom}. */
  String reads(String path) {
    return reads() + ".*" + Pattern.quote(fileName(path)) + "$";
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
