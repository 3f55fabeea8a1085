package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** IPTC-IIM 4.2 records in a Photoshop image resource, as JPEG's APP13 carries them. */
final class IptcWriter {

  private IptcWriter() {}

  /** The payload of the APP13 segment. */
  static byte[] block(Shot shot) {
    byte[] records = records(shot);
    ByteBuilder out = new ByteBuilder(ByteOrder.BIG_ENDIAN, records.length + 32);
    out.ascii("Photoshop 3.0\0").ascii("8BIM").u16(0x0404).u16(0).u32(records.length).put(records);
    return out.zeros(records.length & 1).toBytes();
  }

  private static byte[] records(Shot shot) {
    ByteBuilder out = new ByteBuilder(ByteOrder.BIG_ENDIAN, 512);
    // ESC % G: the texts are UTF-8.
    out.u8(0x1C).u8(1).u8(90).u16(3).u8(0x1B).ascii("%G");
    out.u8(0x1C).u8(2).u8(0).u16(2).u16(4);
    text(out, 5, shot.site().name() + " " + shot.number());
    for (String keyword : shot.keywords()) {
      text(out, 25, keyword);
    }
    text(out, 55, DateTimeFormatter.BASIC_ISO_DATE.format(shot.taken()));
    if (shot.offset() != null) {
      text(out, 60, (shot.time() + ExifWriter.offset(shot.offset())).replace(":", ""));
    }
    text(out, 80, shot.photographer().byLine());
    text(out, 90, shot.site().city());
    text(out, 92, shot.site().name());
    text(out, 95, shot.site().state());
    text(out, 101, shot.site().country());
    text(out, 116, "(c) " + shot.photographer().name());
    text(out, 120, shot.caption());
    return out.toBytes();
  }

  private static void text(ByteBuilder out, int dataset, @Nullable String value) {
    if (value != null) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      out.u8(0x1C).u8(2).u8(dataset).u16(utf8.length).put(utf8);
    }
  }
}
