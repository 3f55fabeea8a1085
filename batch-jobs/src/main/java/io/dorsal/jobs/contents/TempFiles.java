package io.dorsal.jobs.contents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where foreign files lie while they are read: below one directory per worker process, which goes
 * with it. What a worker that was killed left behind, the next one on the machine removes.
 * Thread-safe.
 */
final class TempFiles implements AutoCloseable {

  private static final String PREFIX = "dorsal-contents-";

  private final Path root;

  /**
   * @param parent where the directory is made
   */
  TempFiles(Path parent) {
    try {
      sweep(parent);
      root = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory that goes with all in it when it is closed. */
  record TempDirectory(Path path) implements AutoCloseable {
    @Override
    public void close() {
      delete(path);
    }
  }

  TempDirectory directory() throws IOException {
    return new TempDirectory(Files.createTempDirectory(root, ""));
  }

  private static void sweep(Path parent) throws IOException {
    List<Path> left;
    try (Stream<Path> all = Files.list(parent)) {
      left =
          all.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+-\\d+")).toList();
    }
    for (Path each : left) {
      String name = each.getFileName().toString().substring(PREFIX.length());
      long process = Long.parseLong(name.substring(0, name.indexOf('-')));
      // In a container every worker has the same number.
      if (process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty()) {
        delete(each);
      }
    }
  }

  /** Deletes what is there; what another process deletes meanwhile is no failure. */
  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(left);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // It is gone, as wanted.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    delete(root);
  }
}
