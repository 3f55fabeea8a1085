package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One image file directory (TIFF 6.0, section 2): tags in ascending order, values above four bytes
 * behind the directory, pointers resolved when {@link TiffWriter} knows the offsets. Not
 * thread-safe.
 */
final class TiffDirectory implements TiffBlock {

  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;
  private static final int BYTE = 1;

  private static final class Entry {
    private final int type;
    private final int count;
    private final byte[] value;
    private final @Nullable TiffBlock target;

    Entry(int type, int count, byte[] value, @Nullable TiffBlock target) {
      this.type = type;
      this.count = count;
      this.value = value;
      this.target = target;
    }

    int type() {
      return type;
    }

    int count() {
      return count;
    }

    byte[] value() {
      return value;
    }

    @Nullable TiffBlock target() {
      return target;
    }
  }

  private final ByteOrder order;
  private final Map<Integer, Entry> entries = new TreeMap<>();
  private @Nullable TiffBlock next;

  TiffDirectory(ByteOrder order) {
    this.order = order;
  }

  ByteOrder order() {
    return order;
  }

  TiffDirectory text(int tag, @Nullable String value) {
    if (value != null) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      byte[] terminated = new ByteBuilder(order, utf8.length + 1).put(utf8).u8(0).toBytes();
      entries.put(tag, new Entry(ASCII, terminated.length, terminated, null));
    }
    return this;
  }

  TiffDirectory bytes(int tag, byte... value) {
    entries.put(tag, new Entry(BYTE, value.length, value, null));
    return this;
  }

  TiffDirectory undefined(int tag, byte[] value) {
    entries.put(tag, new Entry(UNDEFINED, value.length, value, null));
    return this;
  }

  TiffDirectory shorts(int tag, int... values) {
    ByteBuilder out = new ByteBuilder(order, values.length * 2);
    for (int value : values) {
      out.u16(value);
    }
    entries.put(tag, new Entry(SHORT, values.length, out.toBytes(), null));
    return this;
  }

  TiffDirectory longs(int tag, long... values) {
    ByteBuilder out = new ByteBuilder(order, values.length * 4);
    for (long value : values) {
      out.u32(value);
    }
    entries.put(tag, new Entry(LONG, values.length, out.toBytes(), null));
    return this;
  }

  /** Numerators and denominators in turn. */
  TiffDirectory rationals(int tag, long... parts) {
    longs(tag, parts);
    Entry entry = entries.remove(tag);
    if (entry != null) {
      entries.put(tag, new Entry(RATIONAL, parts.length / 2, entry.value(), null));
    }
    return this;
  }

  TiffDirectory pointer(int tag, TiffBlock target) {
    entries.put(tag, new Entry(LONG, 1, new byte[4], target));
    return this;
  }

  TiffDirectory next(TiffBlock directory) {
    next = directory;
    return this;
  }

  int size() {
    int size = 2 + entries.size() * 12 + 4;
    for (Entry entry : entries.values()) {
      size += overflow(entry);
    }
    return size;
  }

  void write(ByteBuilder out, IdentityHashMap<TiffBlock, Integer> offsets) {
    int overflowAt = out.size() + 2 + entries.size() * 12 + 4;
    out.u16(entries.size());
    for (Map.Entry<Integer, Entry> tagged : entries.entrySet()) {
      Entry entry = tagged.getValue();
      out.u16(tagged.getKey()).u16(entry.type()).u32(entry.count());
      if (entry.target() != null) {
        out.u32(offsets.getOrDefault(entry.target(), 0));
      } else if (entry.value().length <= 4) {
        out.put(entry.value()).zeros(4 - entry.value().length);
      } else {
        out.u32(overflowAt);
        overflowAt += overflow(entry);
      }
    }
    out.u32(next == null ? 0 : offsets.getOrDefault(next, 0));
    for (Entry entry : entries.values()) {
      if (overflow(entry) > 0) {
        out.put(entry.value()).zeros(overflow(entry) - entry.value().length);
      }
    }
  }

  /** Values behind the directory start at even offsets. */
  private static int overflow(Entry entry) {
    int length = entry.value().length;
    return length <= 4 ? 0 : length + (length & 1);
  }
}
