package io.dorsal.discovery.contents;

/** Contents that wait on disk until their chunk is written. */
@FunctionalInterface
public interface ReadContents {

  /**
   * Reads them.
   *
   * @throws java.io.UncheckedIOException where the disk fails
   */
  FileContents open();
}
