package io.dorsal.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.MetadataReader;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The bare client asks for what a scan asks for: no range more, none less. */
class ScanReadsTests {

  private static final StubFiles FILES = StubFiles.of(1, 2_000, 0);

  @Test
  void rangesAreThoseThatAnInspectionReads() throws IOException {
    ScanReads reads = ScanReads.of(FILES);
    var reader = new MetadataReader(Clock.systemUTC());
    int further = 0;
    for (StubFile file : reads.files()) {
      Inspection inspection =
          reader.inspect(
              file.name(),
              file.size(),
              FileClass.of(file.name()),
              (at, n) -> file.bytes((int) at, n));
      long bytes = reads.of(file).stream().mapToLong(ScanReads.Range::length).sum();
      assertThat(reads.of(file)).as(file.name()).hasSize(inspection.ranges());
      assertThat(bytes).as(file.name()).isEqualTo(inspection.bytesRead());
      further += inspection.ranges() - 1;
    }
    assertThat(further).as("metadata beyond the first range").isBetween(40, 160);
  }

  @Test
  void headsAreOneRangeEach() {
    ScanReads heads = ScanReads.heads(FILES, 64 * 1024);
    assertThat(heads.files()).isNotEmpty().allMatch(StubFile::opened);
    assertThat(heads.files())
        .allSatisfy(
            file ->
                assertThat(heads.of(file))
                    .containsExactly(new ScanReads.Range(0, Math.min(64 * 1024, file.size()))));
  }
}
