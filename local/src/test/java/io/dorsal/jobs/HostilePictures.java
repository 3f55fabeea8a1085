package io.dorsal.jobs;

import static io.dorsal.jobs.HostileFile.deflated;
import static io.dorsal.jobs.HostileFile.file;
import static io.dorsal.jobs.HostileFile.u16;
import static io.dorsal.jobs.HostileFile.u32;

import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Pictures and sidecars. */
final class HostilePictures {

  private static final String CORRUPT = "UNREADABLE CORRUPT";
  private static final String SOI = "\u00ff\u00d8";
  private static final String FRAME =
      "\u00ff\u00c0" + u16(11) + "\u0008" + u16(30) + u16(40) + "\u0001\u0001\u0011\0";
  private static final String END = "\u00ff\u00da" + u16(8) + "\u0001\u0001\0\0?\0x\u00ff\u00d9";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String LAUGHS =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
          + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
  private static final String FOREIGN = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
  private static final String PACKET =
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
          + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description"
          + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>&a;</dc:creator>"
          + "</rdf:Description></rdf:RDF></x:xmpmeta>";

  private HostilePictures() {}

  static List<HostileFile> all() {
    return List.of(
        file("empty.jpg", "UNREADABLE EMPTY_FILE", ""),
        file("three bytes.jpg", CORRUPT, SOI + "\u00ff"),
        file("zeros.jpg", CORRUPT, SOI + "\u00ff\u00e0" + "\0".repeat(5_000)),
        file("fill bytes.jpg", CORRUPT, SOI + "\u00ff".repeat(300_000)),
        file("text.jpg", CORRUPT, "This is no picture.".repeat(50)),
        file("markup.png", CORRUPT, "<html><script>alert(1)</script>"),
        HostileFile.zip("archive.jpg", CORRUPT + " EXTENSION_MISMATCH", Map.of("a", "b")),
        file("segment of nothing.jpg", CORRUPT, SOI + "\u00ff\u00e1\0\0" + FRAME + END),
        file("exif loop.jpg", "INSPECTED", jpeg(app1("Exif\0\0" + loop()))),
        file("exif of 4 billion values.jpg", "INSPECTED", jpeg(app1("Exif\0\0" + many()))),
        file("exif far away.jpg", "INSPECTED", jpeg(app1("Exif\0\0MM\0*" + u32(0xFFFF_FFF0L)))),
        file("iptc too long.jpg", "INSPECTED", jpeg(app13("\u001c\u0002P" + u16(0x7FFF)))),
        file("iptc endless.jpg", "INSPECTED", jpeg(app13("\u001c\u0002P\u00ff\u00ff"))),
        file("laughs.jpg", "INSPECTED XMP_REFUSED", jpeg(app1(XMP + LAUGHS + PACKET))),
        file("foreign entity.jpg", "INSPECTED XMP_REFUSED", jpeg(app1(XMP + FOREIGN + PACKET))),
        file(
            "laughs in extended xmp.jpg", "INSPECTED XMP_REFUSED", extended(LAUGHS + PACKET, 0, 0)),
        file(
            "extended xmp of 4 GiB.jpg",
            "INSPECTED XMP_REFUSED",
            extended(PACKET, 0xF000_0000L, 0)),
        file("extended xmp with a gap.jpg", "INSPECTED CORRUPT", extended(PACKET, 0, 7)),
        file("not closed xmp.jpg", "INSPECTED CORRUPT", jpeg(app1(XMP + "<x:xmpmeta <<"))),
        file("huge.png", "INSPECTED DIMENSIONS_IMPLAUSIBLE", png(60_000, "")),
        file("text bomb.png", "INSPECTED INFLATE_LIMIT", png(9, chunk("zTXt", "a\0\0" + bomb()))),
        file(
            "profile bomb.png", "INSPECTED INFLATE_LIMIT", png(9, chunk("iCCP", "a\0\0" + bomb()))),
        file("chunk of 2 GiB.png", "INSPECTED CORRUPT", png(9, u32(0x7FFF_FFFFL) + "tEXta")),
        file("chunk below zero.png", "INSPECTED CORRUPT", png(9, u32(0xFFFF_FFFFL) + "tEXta")),
        file("directory loop.tif", CORRUPT, loop()),
        file("4 billion values.tif", "INSPECTED CORRUPT", many()),
        file("far away.tif", CORRUPT, "MM\0*" + u32(0xFFFF_FFF0L)),
        file("65,535 entries.tif", CORRUPT, "MM\0*" + u32(8) + u16(0xFFFF) + "\u00ff".repeat(900)),
        file(
            "huge.gif",
            "INSPECTED DIMENSIONS_IMPLAUSIBLE",
            "GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0;"),
        file("below zero.bmp", CORRUPT, "BM" + "\u00ff".repeat(12) + "(\0\0\0" + "\0".repeat(99)),
        file("riff of 4 GiB.webp", CORRUPT, "RIFF\u00ff\u00ff\u00ff\u00ffWEBPVP8X\u00ff\u00ff"),
        file("boxes in boxes.heic", CORRUPT, ftyp() + (u32(0) + "meta").repeat(9_000)),
        file("box of 8 EiB.heic", CORRUPT, ftyp() + u32(1) + "meta" + "\u007f\u00ff".repeat(4)),
        file("cut.cr2", CORRUPT, "II*\0\u0010\0\0\0CR\u0002\0"),
        file("far.raf", CORRUPT, "FUJIFILMCCD-RAW " + "\u00ff".repeat(200)),
        file("laughs.xmp", "INSPECTED XMP_REFUSED", LAUGHS + PACKET),
        file("drawing.xmp", "INSPECTED XMP_REFUSED", FOREIGN + "<svg><text>&a;</text></svg>"),
        file("deep.xmp", CORRUPT, "<a>".repeat(100_000)),
        file("cut.xmp", CORRUPT, PACKET.substring(0, 90)),
        file("not unicode.xmp", CORRUPT, "\u00fe\u00ff\u00d8\0\0".repeat(400)),
        file("of 5 MiB.xmp", "SKIPPED TOO_LARGE", " ".repeat(5 << 20)));
  }

  /** A picture of 40 by 30 pixels that says nothing of itself. */
  static String plainJpeg() {
    return jpeg("");
  }

  /** The same as a TIFF, which a DNG is too. */
  static String plainTiff() {
    return "MM\0*" + u32(8) + u16(2) + size() + u32(0);
  }

  private static String size() {
    return u16(0x0100) + u16(4) + u32(1) + u32(40) + u16(0x0101) + u16(4) + u32(1) + u32(30);
  }

  private static String jpeg(String segments) {
    return SOI + segments + FRAME + END;
  }

  private static String app1(String data) {
    return "\u00ff\u00e1" + u16(data.length() + 2) + data;
  }

  /** Extended XMP whose length or place is another than it says. */
  private static String extended(String packet, long more, int offset) {
    String digest = "0123456789ABCDEF".repeat(2);
    String main =
        PACKET
            .replace("&a;", "x")
            .replace(
                "<rdf:Description",
                "<rdf:Description xmlns:n=\"http://ns.adobe.com/xmp/note/\" n:HasExtendedXMP=\""
                    + digest
                    + "\"");
    String numbers = u32(packet.length() + more) + u32(offset);
    return jpeg(
        app1(XMP + main)
            + app1("http://ns.adobe.com/xmp/extension/\0" + digest + numbers + packet));
  }

  private static String app13(String records) {
    String data = "Photoshop 3.0\0" + "8BIM\u0004\u0004\0\0" + u32(records.length()) + records;
    return "\u00ff\u00ed" + u16(data.length() + 2) + data;
  }

  /** A directory whose next directory is itself, and whose entry is a directory: itself. */
  private static String loop() {
    return "MM\0*" + u32(8) + u16(1) + u16(0x8769) + u16(4) + u32(1) + u32(8) + u32(8);
  }

  /** A width, and a text of 4 billion characters. */
  private static String many() {
    String text = u16(0x010F) + u16(2) + u32(0xFFFF_FFFFL) + u32(9);
    return "MM\0*" + u32(8) + u16(3) + size() + text + u32(0);
  }

  private static String png(int side, String chunks) {
    String header = u32(side) + u32(side) + "\u0008\0\0\0\0";
    return "\u0089PNG\r\n\u001a\n" + chunk("IHDR", header) + chunks + chunk("IEND", "");
  }

  private static String chunk(String type, String data) {
    CRC32 sum = new CRC32();
    sum.update(HostileFile.latin(type + data));
    return u32(data.length()) + type + data + u32(sum.getValue());
  }

  private static String bomb() {
    return deflated("\0".repeat(20 << 20));
  }

  private static String ftyp() {
    return u32(16) + "ftypheic" + u32(0);
  }
}
