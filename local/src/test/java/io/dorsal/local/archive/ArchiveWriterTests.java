package io.dorsal.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTests {

  private static final DemoArchive ARCHIVE = DemoArchive.plan(4, 240);

  @Test
  void theLedgerTellsEveryFileAsItWasWritten(@TempDir Path folder) throws Exception {
    Path ledger = folder.resolve("ledger.jsonl");
    AtomicLong written = new AtomicLong();
    ArchiveWriter.writeFolder(
        folder.resolve("a"), ARCHIVE, ledger, (files, bytes) -> written.set(bytes));
    List<LedgerEntry> entries = read(ledger);
    assertThat(entries).hasSize(240).doesNotHaveDuplicates();
    assertThat(written.get()).isEqualTo(entries.stream().mapToLong(LedgerEntry::size).sum());
    for (LedgerEntry entry : entries) {
      assertThat(entry).isEqualTo(DemoArchiveTests.entry(ARCHIVE, entry.index()));
      Path file = folder.resolve("a").resolve(entry.path().replace("/../", "/%2E%2E/"));
      assertThat(file).exists();
      if (Files.isRegularFile(file)) {
        assertThat(Files.size(file)).as(entry.path()).isEqualTo(entry.size());
      }
    }
  }

  @Test
  void theSameArchiveGivesTheSameLedgerByteForByte(@TempDir Path folder) throws Exception {
    for (String name : List.of("a", "b")) {
      ArchiveWriter.writeFolder(
          folder.resolve(name), ARCHIVE, folder.resolve(name + ".jsonl"), (files, bytes) -> {});
    }
    assertThat(folder.resolve("a.jsonl")).hasSameBinaryContentAs(folder.resolve("b.jsonl"));
  }

  @Test
  void aFailureLeavesNoLedger(@TempDir Path folder) throws IOException {
    Path occupied = Files.writeString(folder.resolve("file"), "not a folder");
    Path ledger = folder.resolve("ledger.jsonl");
    assertThatThrownBy(
            () -> ArchiveWriter.writeFolder(occupied, ARCHIVE, ledger, (files, bytes) -> {}))
        .isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(occupied);
    }
  }

  @Test
  void excludedFilesHaveNoClassAndAllOthersHaveOne() {
    for (int i = 0; i < ARCHIVE.files(); i++) {
      LedgerEntry entry = DemoArchiveTests.entry(ARCHIVE, i);
      assertThat(entry.fileClass() == null).isEqualTo(entry.excluded());
      assertThat(entry.outcome() == null).isEqualTo(entry.excluded());
      if (entry.outcome() == LedgerEntry.Outcome.COUNTED) {
        assertThat(entry.fileClass()).isEqualTo(FileClass.OTHER);
      }
    }
  }

  private static List<LedgerEntry> read(Path ledger) throws IOException {
    try (Stream<LedgerEntry> entries = Ledger.read(ledger)) {
      return entries.toList();
    }
  }
}
