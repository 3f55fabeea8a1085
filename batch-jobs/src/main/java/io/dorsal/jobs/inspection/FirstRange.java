package io.dorsal.jobs.inspection;

import io.dorsal.discovery.metadata.RangeReader;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first range of a file, so that a small file that is read whole after its head costs one
 * request. Not thread-safe.
 */
final class FirstRange implements RangeReader {

  private final RangeReader reader;
  private byte @Nullable [] first;
  private long bytes;
  private int requests;

  FirstRange(RangeReader reader) {
    this.reader = reader;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    byte[] kept = first;
    if (kept != null && offset == 0) {
      // A shorter answer is allowed to say that the file ends, so the rest must be asked for.
      return length <= kept.length ? Arrays.copyOf(kept, length) : joined(kept, length);
    }
    return fetch(offset, length);
  }

  private byte[] joined(byte[] kept, int length) throws IOException {
    byte[] more = fetch(kept.length, length - kept.length);
    byte[] both = Arrays.copyOf(kept, kept.length + more.length);
    System.arraycopy(more, 0, both, kept.length, more.length);
    return both;
  }

  private byte[] fetch(long offset, int length) throws IOException {
    byte[] read = reader.read(offset, length);
    bytes += read.length;
    requests++;
    if (offset == 0 && first == null) {
      first = read;
    }
    return read;
  }

  /** From here on what is fetched is counted. */
  void countAnew() {
    bytes = 0;
    requests = 0;
  }

  long bytes() {
    return bytes;
  }

  int requests() {
    return requests;
  }
}
