package io.dorsal.discovery.metadata;

import org.jspecify.annotations.Nullable;

/** JPEG segments up to the first scan; only those that hold metadata are looked into. */
final class JpegWalk {

  private static final String EXIF = "Exif\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final int MOST_SEGMENTS = 2_000;
  private static final int LONGEST_GAP = 256;

  private final ByteWindows windows;
  private final Findings findings;

  /** Whether the file's pixels are this JPEG's, and not those of a raw file around it. */
  private final boolean ownSize;

  private final ExtendedXmp extended;

  private byte @Nullable [] photoshop;
  private boolean exifRead;

  private JpegWalk(ByteWindows windows, Findings findings, boolean ownSize) {
    this.windows = windows;
    this.findings = findings;
    this.ownSize = ownSize;
    this.extended = new ExtendedXmp(windows, findings);
  }

  /** The file itself; a cut one is noted. */
  static void read(ByteWindows windows, Findings findings) {
    long scan = new JpegWalk(windows, findings, true).walk(0);
    if (scan < 0 ? !windows.truncated() : endMissing(windows, scan)) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  /** A JPEG inside a raw file. */
  static void readEmbedded(ByteWindows windows, long offset, Findings findings) {
    if (windows.startsWith(offset, "\u00ff\u00d8")) {
      new JpegWalk(windows, findings, false).walk(offset);
    }
  }

  /** Returns where the first scan starts, or -1 if it was not reached. */
  private long walk(long start) {
    long at = start + 2;
    long scan = -1;
    for (int i = 0; i < MOST_SEGMENTS && windows.has(at, 4); i++) {
      if (windows.u8(at) != 0xFF) {
        at = nextMarker(at);
        if (at < 0) {
          break;
        }
      }
      int marker = windows.u8(at + 1);
      if (marker == 0xFF) {
        at++;
      } else if (marker == 0xD9 || marker == 0xDA) {
        scan = at;
        break;
      } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
      } else {
        int length = windows.u16(at + 2);
        if (length < 2) {
          break;
        }
        segment(marker, at + 4, length - 2);
        at += 2 + length;
      }
    }
    if (photoshop != null) {
      IptcRecords.readPhotoshop(photoshop, findings);
    }
    extended.read();
    return scan;
  }

  /** Some writers leave stray bytes behind a segment; -1 where no segment follows soon. */
  private long nextMarker(long from) {
    for (long at = from; at < from + LONGEST_GAP && windows.present(at, 2); at++) {
      int marker = windows.u8(at + 1);
      if (windows.u8(at) == 0xFF && (marker >= 0xDA || marker == 0xC0) && marker < 0xFF) {
        return at;
      }
    }
    return -1;
  }

  private void segment(int marker, long body, int length) {
    switch (marker) {
      case 0xE1 -> application(body, length);
      case 0xED -> resources(body, length);
      case 0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> {
        if (ownSize && length >= 5 && windows.has(body, 5)) {
          findings.size(windows.u16(body + 3), windows.u16(body + 1));
        }
      }
      default -> {}
    }
  }

  private void application(long body, int length) {
    if (windows.startsWith(body, EXIF)) {
      if (!exifRead) {
        exifRead = true;
        windows.has(body, length);
        TiffWalk.read(windows, body + 6, length - 6L, ExifHandler.Root.IFD0, findings);
      }
    } else if (windows.startsWith(body, XMP)) {
      byte[] packet = windows.bytes(body + XMP.length(), (long) length - XMP.length());
      if (packet != null) {
        XmpPacket.read(packet, findings);
      }
    } else if (windows.startsWith(body, ExtendedXmp.SIGNATURE)) {
      extended.segment(body, length);
    }
  }

  // Image resources larger than one segment go on in the next one.
  private void resources(long body, int length) {
    if (!windows.startsWith(body, PHOTOSHOP)) {
      return;
    }
    byte[] part = windows.bytes(body + PHOTOSHOP.length(), (long) length - PHOTOSHOP.length());
    if (part == null) {
      return;
    }
    int before = photoshop == null ? 0 : photoshop.length;
    if (before + part.length <= ByteWindows.BYTE_BUDGET) {
      byte[] both =
          photoshop == null ? part : java.util.Arrays.copyOf(photoshop, before + part.length);
      System.arraycopy(part, 0, both, before, part.length);
      photoshop = both;
    }
  }

  // Only where the whole file is here: a range for this alone would cost more than it tells.
  private static boolean endMissing(ByteWindows windows, long scan) {
    if (!windows.present(0, windows.size())) {
      return false;
    }
    for (long at = windows.size() - 2; at >= scan; at--) {
      if (windows.u8(at) == 0xFF && windows.u8(at + 1) == 0xD9) {
        return false;
      }
    }
    return true;
  }
}
