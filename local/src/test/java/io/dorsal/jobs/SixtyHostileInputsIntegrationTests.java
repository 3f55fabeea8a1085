package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.LedgerComparison;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.process.SupervisedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The bar of hostile inputs: many of them among 500 files of an ordinary archive cost nobody but
 * themselves, in a worker with 512 MB of heap.
 */
@ExtendWith(SharedStack.class)
class SixtyHostileInputsIntegrationTests {

  private static final String RESULT =
      """
      select f.path, rtrim(concat_ws(' ', i.outcome, i.code, array_to_string(i.notes, ' ')))
      from file_inspection i join found_file f on f.id = i.file_id
      where i.scan_id = ? and f.path like 'hostile/%'
      """;

  static final List<HostileFile> HOSTILE =
      Stream.of(HostilePictures.all(), HostileOffice.all(), HostilePapers.all())
          .flatMap(List::stream)
          .toList();

  @Test
  void eachCostsOnlyItself(ScanFixture scans) throws Exception {
    assertThat(HOSTILE).hasSizeGreaterThanOrEqualTo(60);
    scans.tidy();
    WrittenArchive written = scans.write("sixty", DemoArchive.plan(23, 500));
    var container = scans.stack().containers().client(written.account_name(), written.container());
    for (HostileFile file : HOSTILE) {
      container
          .getBlobClient("hostile/" + file.name())
          .upload(BinaryData.fromBytes(file.bytes().get()), true);
    }
    Archive archive = scans.connect(written, Duration.ofDays(1));
    SupervisedProcess worker = scans.stack().process("worker-1");
    int restarts = worker.restarts();
    UUID scan = scans.scan(archive);
    scans.awaitState(scan, "COMPLETED");

    Map<String, String> expected = new TreeMap<>();
    HOSTILE.forEach(file -> expected.put("hostile/" + file.name(), file.expected()));
    assertThat(new TreeMap<>(scans.rows().pairs(RESULT, scan))).isEqualTo(expected);
    assertThat(worker.restarts()).as("the worker lived").isEqualTo(restarts);
    LedgerComparison good =
        LedgerComparison.of(Path.of(written.ledger()), scans.stack().jdbcUrl(), archive.source());
    assertThat(good.missing()).as("%s", good).isZero();
    assertThat(good.different()).as("%s", good).isZero();
    assertThat(good.unexpected()).as("%s", good).isEqualTo(HOSTILE.size());
    scans.assertAtRest(scan);
  }
}
