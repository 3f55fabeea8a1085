package io.dorsal.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTests {

  /** The tests of a fresh clone do so, in two processes. */
  @Test
  void whoUnpacksAtTheSameTimeGetsTheSameAndLeavesNothingElse(@TempDir Path cache)
      throws Exception {
    Callable<Path> unpacking = () -> PostgresBinaries.unpacked(cache);
    Path home;
    try (var threads = Executors.newFixedThreadPool(3)) {
      var homes = threads.invokeAll(Collections.nCopies(3, unpacking));
      home = homes.getFirst().get();
      for (Future<Path> other : homes) {
        assertThat(other.get()).isEqualTo(home);
      }
    }
    assertThat(home.resolve("bin/postgres")).isExecutable();
    assertThat(names(cache)).containsExactly(home.getFileName().toString());
    assertThat(PostgresBinaries.unpacked(cache)).isEqualTo(home);
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
