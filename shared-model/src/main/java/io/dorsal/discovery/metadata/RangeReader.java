package io.dorsal.discovery.metadata;

import java.io.IOException;

/** Reads ranges of one file; every call may cost a request. */
@FunctionalInterface
public interface RangeReader {

  /**
   * Reads {@code length} bytes from {@code offset} on. Fewer bytes mean that the file ends there.
   *
   * @param offset 0 or more, below the listed size
   * @param length 1 or more
   * @throws IOException if the store fails; it reaches the caller of the inspection unchanged
   */
  byte[] read(long offset, int length) throws IOException;
}
