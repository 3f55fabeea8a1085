package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer that writes numbers in one byte order. Not thread-safe. */
final class ByteBuilder {

  private final ByteOrder order;
  private byte[] bytes;
  private int size;

  ByteBuilder(ByteOrder order, int capacity) {
    this.order = order;
    this.bytes = new byte[Math.max(16, capacity)];
  }

  int size() {
    return size;
  }

  ByteBuilder u8(int value) {
    grow(1);
    bytes[size++] = (byte) value;
    return this;
  }

  ByteBuilder u16(int value) {
    return order == ByteOrder.BIG_ENDIAN ? u8(value >>> 8).u8(value) : u8(value).u8(value >>> 8);
  }

  ByteBuilder u32(long value) {
    int low = (int) value & 0xFFFF;
    int high = (int) (value >>> 16) & 0xFFFF;
    return order == ByteOrder.BIG_ENDIAN ? u16(high).u16(low) : u16(low).u16(high);
  }

  ByteBuilder put(byte[] source) {
    return put(source, 0, source.length);
  }

  ByteBuilder put(byte[] source, int from, int length) {
    grow(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
    return this;
  }

  ByteBuilder ascii(String text) {
    return put(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  ByteBuilder utf8(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  ByteBuilder zeros(int count) {
    grow(count);
    size += count;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void grow(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
