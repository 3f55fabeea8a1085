package io.dorsal.discovery.metadata;

import com.drew.lang.BufferBoundsException;
import com.drew.lang.RandomAccessReader;
import java.io.IOException;

/** A stretch of a file for the library's readers; what it lacks is fetched. Not thread-safe. */
final class SparseReader extends RandomAccessReader {

  private final ByteWindows windows;
  private final long base;
  private final int length;

  /** A view of {@code length} bytes from {@code base} on, at most 2 GiB of them. */
  SparseReader(ByteWindows windows, long base, long length) {
    this.windows = windows;
    this.base = base;
    this.length = Math.clamp(Math.min(length, windows.size() - base), 0, Integer.MAX_VALUE);
  }

  ByteWindows windows() {
    return windows;
  }

  long base() {
    return base;
  }

  boolean present(long index, long count) {
    return index >= 0 && index + count <= length && windows.present(base + index, count);
  }

  @Override
  public int toUnshiftedOffset(int localOffset) {
    return (int) (base + localOffset);
  }

  @Override
  public byte getByte(int index) throws IOException {
    validateIndex(index, 1);
    return (byte) windows.u8(base + index);
  }

  @Override
  public byte[] getBytes(int index, int count) throws IOException {
    validateIndex(index, count);
    byte[] bytes = windows.bytes(base + index, count);
    if (bytes == null) {
      throw new BufferBoundsException("outside the file or its budget");
    }
    return bytes;
  }

  @Override
  protected void validateIndex(int index, int count) throws IOException {
    if (!isValidIndex(index, count)) {
      throw new BufferBoundsException("outside the file or its budget");
    }
  }

  @Override
  protected boolean isValidIndex(int index, int count) {
    return index >= 0
        && count >= 0
        && (long) index + count <= length
        && windows.has(base + index, count);
  }

  @Override
  public long getLength() {
    return length;
  }
}
