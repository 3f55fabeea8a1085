package io.dorsal.local.demo;

import io.dorsal.local.archive.Ledger;
import io.dorsal.local.archive.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Ledger against database. Every file of the ledger is in exactly one of the counts.
 *
 * @param files in the ledger
 * @param accounted files that are as they should be, by outcome, with the code where there is one;
 *     {@code EXCLUDED} for those that must not be in the database and are not
 * @param missing files that are not in the database and should be
 * @param different files that are there with other values
 * @param unexpected files of the database that are in no ledger, or excluded there
 * @param examples of the last three, at most 20
 */
public record LedgerComparison(
    long files,
    Map<String, Long> accounted,
    long missing,
    long different,
    long unexpected,
    List<String> examples) {

  private static final int EXAMPLES = 20;

  public boolean agrees() {
    return missing == 0 && different == 0 && unexpected == 0;
  }

  /** Compares a whole source with the ledger of its archive; holds the ledger in memory. */
  public static LedgerComparison of(Path ledger, String jdbcUrl, UUID source)
      throws IOException, SQLException {
    Map<String, LedgerEntry> expected = new HashMap<>();
    try (Stream<LedgerEntry> entries = Ledger.read(ledger)) {
      entries.forEach(entry -> expected.put(entry.path(), entry));
    }
    Count count = new Count(expected);
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      // Without it the driver reads the whole answer before it gives the first row.
      connection.setAutoCommit(false);
      try (PreparedStatement query = connection.prepareStatement(ScannedFile.QUERY)) {
        query.setFetchSize(2_000);
        query.setObject(1, source);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            count.add(ScannedFile.of(rows));
          }
        }
      }
    }
    return count.result();
  }

  private static final class Count {
    private final Map<String, LedgerEntry> left;
    private final long files;
    private final Map<String, Long> accounted = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long missing;
    private long different;
    private long unexpected;

    Count(Map<String, LedgerEntry> expected) {
      this.left = expected;
      this.files = expected.size();
    }

    void add(ScannedFile found) {
      LedgerEntry entry = left.get(found.path());
      if (entry == null || entry.excluded()) {
        unexpected++;
        example("unexpected: " + found.path());
        return;
      }
      left.remove(found.path());
      List<String> differences = ScannedFile.of(entry).differences(found);
      if (differences.isEmpty()) {
        String code = entry.code() == null ? "" : " " + entry.code();
        accounted.merge(entry.outcome() + code, 1L, Long::sum);
      } else {
        different++;
        example("different: " + found.path() + " " + differences);
      }
    }

    LedgerComparison result() {
      for (LedgerEntry entry : left.values()) {
        if (entry.excluded()) {
          accounted.merge("EXCLUDED", 1L, Long::sum);
        } else {
          missing++;
          example("missing: " + entry.path());
        }
      }
      return new LedgerComparison(files, accounted, missing, different, unexpected, examples);
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text.replaceAll("\\p{Cntrl}", "�"));
      }
    }
  }
}
