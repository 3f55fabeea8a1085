package io.dorsal.local.archive;

/** A piece of a TIFF structure that other pieces point to; compared by identity when placed. */
sealed interface TiffBlock permits TiffBlock.Data, TiffBlock.GapUntil, TiffDirectory {

  /** Bytes that are pointed to as they are: strips, thumbnails, sensor data. */
  final class Data implements TiffBlock {
    private final byte[] bytes;

    Data(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Blank bytes up to an offset, so that what follows lies exactly there. */
  record GapUntil(int offset) implements TiffBlock {}
}
