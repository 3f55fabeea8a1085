package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What the workers' logs say of one scan's progress, held against section 2.3. */
record ProgressLog(Archive archive, List<ProgressLine> lines) {

  private static final int EVERY = 500;

  static ProgressLog of(ScanFixture scans, Archive archive, UUID scan) throws IOException {
    return new ProgressLog(archive, scans.progressLines(scan));
  }

  /** One line at each multiple of 500 and one at the end, in order. */
  void assertEachOnce() {
    assertThat(lines).extracting(ProgressLine::done).isEqualTo(wanted());
    assertEachIsRight();
  }

  /** The same, but whoever was killed between a line and its commit left it to be said again. */
  void assertEach() {
    List<Long> said = lines.stream().map(ProgressLine::done).toList();
    assertThat(said).isSorted();
    assertThat(said.stream().distinct().toList()).isEqualTo(wanted());
    assertEachIsRight();
  }

  private List<Long> wanted() {
    List<Long> wanted = new ArrayList<>();
    for (long at = EVERY; at < archive.inspectable(); at += EVERY) {
      wanted.add(at);
    }
    wanted.add(archive.inspectable());
    return wanted;
  }

  private void assertEachIsRight() {
    long total = archive.inspectable();
    int partitions = Math.toIntExact(archive.partitions());
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.total()).isEqualTo(total);
              assertThat(line.percent())
                  .isEqualTo(String.format(Locale.ROOT, "%.1f%%", 100.0 * line.done() / total));
              assertThat(line.partition()).isBetween(1, partitions);
              assertThat(line.partitions()).isEqualTo(partitions);
            });
    assertThat(lines).extracting(ProgressLine::unreadable).isSorted();
    assertThat(lines.getLast().unreadable()).isEqualTo(archive.unreadable());
    assertThat(lines.getLast().percent()).isEqualTo("100.0%");
  }
}
