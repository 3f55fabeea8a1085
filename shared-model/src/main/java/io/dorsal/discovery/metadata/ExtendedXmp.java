package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second XMP packet of a JPEG, cut over APP1 segments that the first one names by a digest (XMP
 * specification part 3, 1.1.3.1). Segments may stand in any order, and those of another digest
 * belong to nobody. It is read whole or not at all, and after the first packet, whose values stay.
 */
final class ExtendedXmp {

  static final String SIGNATURE = "http://ns.adobe.com/xmp/extension/\0";
  private static final String NAMED_BY = "xmpNote:HasExtendedXMP";
  private static final int DIGEST = 32;
  private static final int HEADER = SIGNATURE.length() + DIGEST + 8;

  /**
   * One segment.
   *
   * @param total bytes of the whole packet, as the segment declares
   * @param offset of this part in the packet
   * @param at where the part stands in the file
   */
  private record Part(String digest, long total, long offset, long at, int length) {}

  private final ByteWindows windows;
  private final Findings findings;
  private final List<Part> parts = new ArrayList<>();

  ExtendedXmp(ByteWindows windows, Findings findings) {
    this.windows = windows;
    this.findings = findings;
  }

  /** Remembers a segment that begins with {@link #SIGNATURE}. */
  void segment(long body, int length) {
    byte[] digest = windows.bytes(body + SIGNATURE.length(), DIGEST);
    if (digest == null || length < HEADER || !windows.has(body, HEADER)) {
      return;
    }
    long numbers = body + SIGNATURE.length() + DIGEST;
    parts.add(
        new Part(
            Text.decode(digest),
            windows.u32(numbers),
            windows.u32(numbers + 4),
            body + HEADER,
            length - HEADER));
  }

  /** Adds what the packet says, once the first packet and all segments were met. */
  void read() {
    List<String> named = findings.xmp.remove(NAMED_BY);
    String digest = named == null ? null : named.getFirst();
    List<Part> own =
        parts.stream()
            .filter(part -> part.digest.equals(digest))
            .sorted(Comparator.comparingLong(Part::offset))
            .toList();
    if (own.isEmpty()) {
      return;
    }
    if (own.stream().anyMatch(part -> part.total > XmpPacket.LIMIT)) {
      findings.notes.add(Note.XMP_REFUSED);
      return;
    }
    byte[] packet = packet(own);
    if (packet != null) {
      XmpPacket.read(packet, findings);
    } else if (!windows.truncated()) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  /** The parts one behind the other; null where they overlap, leave a gap or cannot be had. */
  private byte @Nullable [] packet(List<Part> own) {
    var packet = new ByteArrayOutputStream();
    for (Part part : own) {
      byte[] bytes = part.offset == packet.size() ? windows.bytes(part.at, part.length) : null;
      if (bytes == null || part.total != own.getFirst().total) {
        return null;
      }
      packet.writeBytes(bytes);
    }
    return packet.size() == own.getFirst().total ? packet.toByteArray() : null;
  }
}
