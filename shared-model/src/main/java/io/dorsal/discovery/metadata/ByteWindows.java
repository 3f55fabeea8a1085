package io.dorsal.discovery.metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one file that were fetched so far; fetches more when asked, within the budget of one
 * file. Windows never touch or overlap: neighbours are joined. Not thread-safe.
 */
final class ByteWindows {

  static final int STEP = 65_536;
  static final int EXTRA_RANGES = 8;
  static final long BYTE_BUDGET = 2L << 20;
  // TIFF writers put values before or after their directory: one range should meet both.
  private static final int LEAD = 8_192;
  private static final int LARGEST_READ = 1 << 20;

  // Compared by nobody: the array is never asked to be equal.
  @SuppressWarnings("ArrayRecordComponent")
  private record Window(long start, byte[] bytes) {
    long end() {
      return start + bytes.length;
    }

    boolean covers(long offset, long length) {
      return offset >= start && offset + length <= end();
    }
  }

  private final RangeReader reader;
  private final List<Window> windows = new ArrayList<>();
  private Window current;
  private long size;
  private long bytesRead;
  private int ranges;
  private boolean truncated;

  /** Reads the head: {@code first} bytes, or the whole file if it is smaller. */
  ByteWindows(RangeReader reader, long size, int first) {
    this.reader = reader;
    this.size = size;
    this.current = new Window(0, read(0, (int) Math.min(first, size)));
    windows.add(current);
  }

  /** All of a small block that is already in memory. */
  static ByteWindows of(byte[] bytes) {
    return new ByteWindows((_, _) -> bytes, bytes.length, Integer.MAX_VALUE);
  }

  /** The size in bytes: the listed one, or less once a range came back short. */
  long size() {
    return size;
  }

  long bytesRead() {
    return bytesRead;
  }

  int ranges() {
    return ranges;
  }

  /** Whether something inside the file was wanted that the budget did not allow. */
  boolean truncated() {
    return truncated;
  }

  /** The first bytes as they are held: not a copy. */
  byte[] head() {
    return windows.getFirst().bytes;
  }

  /** Whether the range is already here. */
  boolean present(long offset, long length) {
    if (offset < 0 || length < 0) {
      return false;
    }
    if (current.covers(offset, length)) {
      return true;
    }
    Window window = containing(offset);
    return window != null && window.covers(offset, length);
  }

  /** Whether the range can be read, after fetching what is missing of it. */
  boolean has(long offset, long length) {
    if (current.covers(offset, length) && length >= 0) {
      return true;
    }
    if (offset < 0 || length < 0 || offset > size - length) {
      return false;
    }
    if (length > LARGEST_READ) {
      truncated = true;
      return false;
    }
    return fetchAll(offset, length);
  }

  private boolean fetchAll(long offset, long length) {
    long at = offset;
    while (true) {
      Window window = containing(at);
      if (window != null && window.covers(offset, length)) {
        current = window;
        return true;
      }
      at = window == null ? at : window.end();
      if (at >= size || !fetch(at, offset + length - at)) {
        return false;
      }
    }
  }

  /** One byte, 0 to 255; the caller has asked {@link #has} before. */
  int u8(long offset) {
    if (!current.covers(offset, 1)) {
      Window window = containing(offset);
      if (window == null) {
        throw new IndexOutOfBoundsException("offset " + offset);
      }
      current = window;
    }
    return current.bytes[(int) (offset - current.start)] & 0xFF;
  }

  int u16(long offset) {
    return u8(offset) << 8 | u8(offset + 1);
  }

  long u32(long offset) {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }

  long u32le(long offset) {
    return u8(offset) | u8(offset + 1) << 8 | u8(offset + 2) << 16 | (long) u8(offset + 3) << 24;
  }

  int u16le(long offset) {
    return u8(offset) | u8(offset + 1) << 8;
  }

  /** Four characters, one per byte. */
  String name(long offset) {
    char[] name = new char[4];
    for (int i = 0; i < 4; i++) {
      name[i] = (char) u8(offset + i);
    }
    return new String(name);
  }

  /** Whether these characters stand at the offset; fetches them if need be. */
  boolean startsWith(long offset, String text) {
    if (!has(offset, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (u8(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A copy of a range, or null if it cannot be had. */
  byte @Nullable [] bytes(long offset, long length) {
    if (!has(offset, length)) {
      return null;
    }
    int from = (int) (offset - current.start);
    return Arrays.copyOfRange(current.bytes, from, from + (int) length);
  }

  private @Nullable Window containing(long offset) {
    for (Window window : windows) {
      if (window.covers(offset, 1)) {
        return window;
      }
    }
    return null;
  }

  private boolean fetch(long at, long wanted) {
    long before = 0;
    long after = size;
    for (Window window : windows) {
      if (window.end() <= at) {
        before = Math.max(before, window.end());
      } else {
        after = Math.min(after, window.start);
      }
    }
    long start = Math.max(before, at - Math.clamp(STEP - wanted, 0, LEAD));
    int length = (int) Math.min(STEP, after - start);
    if (ranges > EXTRA_RANGES || bytesRead + length > BYTE_BUDGET) {
      truncated = true;
      return false;
    }
    byte[] bytes = read(start, length);
    if (bytes.length == 0) {
      return false;
    }
    join(new Window(start, bytes));
    return true;
  }

  private byte[] read(long start, int length) {
    try {
      byte[] bytes = reader.read(start, length);
      ranges++;
      bytesRead += bytes.length;
      if (bytes.length < length) {
        size = Math.min(size, start + bytes.length);
      }
      return bytes.length > length ? Arrays.copyOf(bytes, length) : bytes;
    } catch (IOException e) {
      throw new SourceFailure(e);
    }
  }

  private void join(Window fresh) {
    Window joined = fresh;
    for (Window window : List.copyOf(windows)) {
      if (window.end() == joined.start) {
        joined = new Window(window.start, concat(window.bytes, joined.bytes));
        windows.remove(window);
      } else if (joined.end() == window.start) {
        joined = new Window(joined.start, concat(joined.bytes, window.bytes));
        windows.remove(window);
      }
    }
    windows.add(joined.start == 0 ? 0 : windows.size(), joined);
    current = joined;
  }

  private static byte[] concat(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }
}
