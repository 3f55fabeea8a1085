package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Lays blocks out one behind the other and writes them as a TIFF structure. The caller's order is
 * the order in the file: that is how a directory comes to lie far from the start.
 */
final class TiffWriter {

  static final int TIFF = 42;

  /** Olympus: the bytes {@code IIRO}. */
  static final int ORF = 0x4F52;

  private TiffWriter() {}

  /**
   * @param first the directory that the header points to; must be one of {@code layout}
   */
  static byte[] write(ByteOrder order, int magic, TiffDirectory first, List<TiffBlock> layout) {
    IdentityHashMap<TiffBlock, Integer> offsets = new IdentityHashMap<>();
    int end = 8;
    for (TiffBlock block : layout) {
      end += end & 1;
      offsets.put(block, end);
      end = end(block, end);
    }
    ByteBuilder out = new ByteBuilder(order, end + 1);
    out.ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II").u16(magic);
    out.u32(offsets.getOrDefault(first, 0));
    for (TiffBlock block : layout) {
      out.zeros(out.size() & 1);
      switch (block) {
        case TiffBlock.Data data -> out.put(data.bytes());
        case TiffBlock.GapUntil gap -> out.zeros(gap.offset() - out.size());
        case TiffDirectory directory -> directory.write(out, offsets);
      }
    }
    return out.toBytes();
  }

  private static int end(TiffBlock block, int start) {
    return switch (block) {
      case TiffBlock.Data data -> start + data.bytes().length;
      case TiffBlock.GapUntil gap -> gap.offset();
      case TiffDirectory directory -> start + directory.size();
    };
  }
}
