package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes small TIFF structures: a main directory with an EXIF and a GPS directory. */
// Every buffer here is allocated on the heap, whole.
@SuppressWarnings("ByteBufferBackingArray")
final class SampleTiff {

  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(int tag, int type, int count, byte[] value) {}

  /** One image file directory. */
  final class Directory {
    private final List<Entry> entries = new ArrayList<>();

    Directory text(int tag, String text) {
      byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
      return put(tag, 2, bytes.length, bytes);
    }

    Directory bytes(int tag, int type, byte[] bytes) {
      return put(tag, type, bytes.length, bytes);
    }

    Directory shorts(int tag, int... values) {
      ByteBuffer buffer = buffer(2 * values.length);
      for (int value : values) {
        buffer.putShort((short) value);
      }
      return put(tag, 3, values.length, buffer.array());
    }

    Directory longs(int tag, long... values) {
      ByteBuffer buffer = buffer(4 * values.length);
      for (long value : values) {
        buffer.putInt((int) value);
      }
      return put(tag, 4, values.length, buffer.array());
    }

    Directory rationals(int tag, long... parts) {
      ByteBuffer buffer = buffer(4 * parts.length);
      for (long part : parts) {
        buffer.putInt((int) part);
      }
      return put(tag, 5, parts.length / 2, buffer.array());
    }

    Directory put(int tag, int type, int count, byte[] value) {
      entries.add(new Entry(tag, type, count, value));
      return this;
    }

    private int size() {
      int size = 2 + 12 * entries.size() + 4;
      for (Entry entry : entries) {
        size += entry.value.length > 4 ? entry.value.length + (entry.value.length & 1) : 0;
      }
      return size;
    }

    private void write(ByteBuffer out, int at, int next) {
      entries.sort(Comparator.comparingInt(Entry::tag));
      out.position(at);
      out.putShort((short) entries.size());
      int value = at + 2 + 12 * entries.size() + 4;
      for (Entry entry : entries) {
        out.putShort((short) entry.tag).putShort((short) entry.type).putInt(entry.count);
        if (entry.value.length > 4) {
          out.putInt(value);
          out.put(value, entry.value);
          value += entry.value.length + (entry.value.length & 1);
        } else {
          out.put(entry.value).position(out.position() + 4 - entry.value.length);
        }
      }
      out.putInt(next);
    }
  }

  private final ByteOrder order;
  private final String magic;
  final Directory main = new Directory();
  final Directory exif = new Directory();
  final Directory gps = new Directory();
  int next;

  SampleTiff(ByteOrder order) {
    this(order, order == ByteOrder.LITTLE_ENDIAN ? "II*\0" : "MM\0*");
  }

  SampleTiff(ByteOrder order, String magic) {
    this.order = order;
    this.magic = magic;
  }

  /** A camera's usual tags. */
  static SampleTiff camera(ByteOrder order) {
    return new SampleTiff(order).withCamera();
  }

  SampleTiff withCamera() {
    main.text(0x10F, "Canon").text(0x110, " Canon  EOS R5 ").shorts(0x112, 6).text(0x13B, "Ana Wu");
    exif.text(0x9003, "2024:07:12 10:11:12").text(0x9291, "37").text(0x9011, "-07:00");
    exif.text(0xA431, "0120210").text(0xA434, "RF 100-500").rationals(0x829A, 1, 2000);
    exif.rationals(0x829D, 71, 10).shorts(0x8827, 800).rationals(0x920A, 500, 1);
    return this;
  }

  SampleTiff withPosition() {
    gps.text(1, "N").rationals(2, 48, 1, 30, 1, 36, 10).text(3, "W");
    gps.rationals(4, 123, 1, 15, 1, 0, 1).bytes(5, 1, new byte[] {1}).rationals(6, 25, 2);
    gps.rationals(7, 17, 1, 11, 1, 12, 1).text(0x1D, "2024:07:12").rationals(0x1F, 5, 1);
    return this;
  }

  byte[] build() {
    return build(8);
  }

  /** The structure with its directories from {@code at} on. */
  byte[] build(int at) {
    if (!exif.entries.isEmpty()) {
      main.longs(0x8769, 0);
    }
    if (!gps.entries.isEmpty()) {
      main.longs(0x8825, 0);
    }
    int exifAt = at + main.size();
    int gpsAt = exifAt + exif.size();
    set(0x8769, exifAt);
    set(0x8825, gpsAt);
    ByteBuffer out = buffer(gpsAt + gps.size());
    main.write(out, at, next);
    exif.write(out, exifAt, 0);
    gps.write(out, gpsAt, 0);
    out.put(0, magic.getBytes(StandardCharsets.ISO_8859_1));
    out.putInt(4, at);
    return out.array();
  }

  private void set(int tag, int offset) {
    main.entries.replaceAll(
        e -> e.tag == tag ? new Entry(tag, 4, 1, buffer(4).putInt(offset).array()) : e);
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
