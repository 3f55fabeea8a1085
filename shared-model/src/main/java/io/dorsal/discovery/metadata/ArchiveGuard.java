package io.dorsal.discovery.metadata;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks at office files from outside: whether their zip directory declares a bomb, and whether they
 * are locked by a password. Nothing is inflated.
 */
final class ArchiveGuard {

  private static final long MOST_UNPACKED = 1L << 30;
  private static final long HIGHEST_RATIO = 100;
  private static final int END_RECORD = 22;
  private static final int LONGEST_COMMENT = 65_535;
  private static final int ENTRY = 46;
  private static final long IN_EXTRA_FIELD = 0xFFFF_FFFFL;
  private static final byte[] ENCRYPTED_STREAM =
      "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

  private final ByteWindows windows;
  private long packed;
  private long unpacked;
  private boolean encrypted;

  private ArchiveGuard(ByteWindows windows) {
    this.windows = windows;
  }

  /** {@code BOMB}, {@code ENCRYPTED}, {@code CORRUPT}, or null if nothing speaks against it. */
  static @Nullable String zip(ByteWindows windows) {
    return new ArchiveGuard(windows).zip();
  }

  /** {@code ENCRYPTED} if the container wraps a locked office file (MS-OFFCRYPTO 2.3.2). */
  static @Nullable String ole(ByteWindows windows) {
    if (!windows.has(0, 512)) {
      return "CORRUPT";
    }
    int sector = 1 << Math.clamp(windows.u16le(30), 7, 16);
    long directory = (windows.u32le(48) + 1) * sector;
    long length = Math.min(4L * sector, windows.size() - directory);
    byte[] entries = length <= 0 ? null : windows.bytes(directory, length);
    return entries != null && contains(entries, ENCRYPTED_STREAM) ? "ENCRYPTED" : null;
  }

  private @Nullable String zip() {
    long end = endRecord();
    if (end < 0) {
      return windows.truncated() ? null : "CORRUPT";
    }
    long length = windows.u32le(end + 12);
    long at = windows.u32le(end + 16);
    if (at == IN_EXTRA_FIELD || length == IN_EXTRA_FIELD) {
      long large = largeEndRecord(end);
      if (large < 0) {
        return "CORRUPT";
      }
      length = u64(large + 40);
      at = u64(large + 48);
    }
    boolean whole = entries(at, length);
    if (unpacked > MOST_UNPACKED || unpacked / HIGHEST_RATIO > Math.min(packed, windows.size())) {
      return "BOMB";
    }
    return encrypted ? "ENCRYPTED" : whole || windows.truncated() ? null : "CORRUPT";
  }

  private long endRecord() {
    long least = Math.max(0, windows.size() - END_RECORD - LONGEST_COMMENT);
    for (long at = windows.size() - END_RECORD; at >= least; at--) {
      if (!windows.present(at, END_RECORD)) {
        long start = Math.max(0, Math.max(least, at + END_RECORD - ByteWindows.STEP));
        if (!windows.has(start, at + END_RECORD - start)) {
          return -1;
        }
      }
      if (windows.startsWith(at, "PK\u0005\u0006")) {
        return at;
      }
    }
    return -1;
  }

  // APPNOTE 4.3.15: the locator stands right before the end record.
  private long largeEndRecord(long end) {
    long locator = end - 20;
    if (locator < 0
        || !windows.startsWith(locator, "PK\u0006\u0007")
        || !windows.has(locator, 20)) {
      return -1;
    }
    long at = u64(locator + 8);
    return windows.startsWith(at, "PK\u0006\u0006") && windows.has(at, 56) ? at : -1;
  }

  private boolean entries(long start, long length) {
    long at = start;
    long end = start + length;
    if (start < 0 || length < 0 || end > windows.size()) {
      return false;
    }
    while (at + ENTRY <= end) {
      if (!windows.startsWith(at, "PK\u0001\u0002") || !windows.has(at, ENTRY)) {
        return false;
      }
      int names = windows.u16le(at + 28);
      int extra = windows.u16le(at + 30);
      encrypted |= (windows.u16le(at + 8) & 1) == 1;
      long size = windows.u32le(at + 24);
      // A size that needs 8 bytes is beyond every limit already.
      unpacked += size == IN_EXTRA_FIELD ? MOST_UNPACKED + 1 : size;
      packed += windows.u32le(at + 20);
      at += ENTRY + names + extra + (long) windows.u16le(at + 32);
    }
    return at == end;
  }

  private long u64(long at) {
    return windows.u32le(at) | windows.u32le(at + 4) << 32;
  }

  private static boolean contains(byte[] data, byte[] sought) {
    for (int i = 0; i + sought.length <= data.length; i++) {
      if (java.util.Arrays.equals(data, i, i + sought.length, sought, 0, sought.length)) {
        return true;
      }
    }
    return false;
  }
}
