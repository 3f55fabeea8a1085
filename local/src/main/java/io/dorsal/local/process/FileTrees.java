package io.dorsal.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
public final class FileTrees {

  private FileTrees() {}

  /**
   * Deletes a directory with all it holds; what is gone already is no error. Links are not
   * followed.
   */
  public static void delete(Path root) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(root)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
