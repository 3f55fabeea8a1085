package io.dorsal.local.archive;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** XMP packets (ISO 16684-1) of a shot. */
final class XmpWriter {

  private static final String NAMESPACES =
      """
       xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
       xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:exifEX="http://cipa.jp/exif/1.0/"
       xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
       xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
       xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
       xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\"""";

  private XmpWriter() {}

  static byte[] packet(Shot shot) {
    return packet(shot, false, "");
  }

  /** For files that have nothing but XMP. */
  static byte[] packetWithPosition(Shot shot) {
    return packet(shot, true, "");
  }

  /** A packet that declares entities inside one another: to be refused, never expanded. */
  static byte[] packetWithDtd(Shot shot) {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE x [<!ENTITY a \"whale\">");
    for (char name = 'b'; name <= 'j'; name++) {
      String inner = "&" + (char) (name - 1) + ";";
      dtd.append("<!ENTITY ").append(name).append(" \"").append(inner.repeat(10)).append("\">");
    }
    return packet(shot, false, dtd.append("]>\n").toString());
  }

  private static byte[] packet(Shot shot, boolean gps, String doctype) {
    StringBuilder out = new StringBuilder(3000);
    out.append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n").append(doctype);
    out.append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    out.append("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    out.append("<rdf:Description rdf:about=\"\"\n").append(NAMESPACES).append('\n');
    attributes(out, shot);
    if (gps) {
      position(out, shot.position());
    }
    out.append(">\n");
    if (shot.photographer().creator() != null) {
      list(out, "dc:creator", "Seq", List.of(shot.photographer().creator()));
    }
    alternative(out, "dc:description", doctype.isEmpty() ? escape(shot.caption()) : "&j;");
    alternative(out, "dc:rights", escape("(c) " + shot.photographer().name()));
    list(out, "dc:subject", "Bag", shot.keywords());
    list(
        out,
        "lr:hierarchicalSubject",
        "Bag",
        List.of("animals|" + String.join("|", shot.keywords())));
    out.append("</rdf:Description></rdf:RDF></x:xmpmeta>\n");
    out.append((" ".repeat(99) + "\n").repeat(8)).append("<?xpacket end=\"w\"?>");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void attributes(StringBuilder out, Shot shot) {
    String when = date(shot);
    attribute(out, "xmp:CreateDate", when);
    attribute(out, "exif:DateTimeOriginal", when);
    attribute(out, "photoshop:DateCreated", when);
    attribute(out, "photoshop:City", shot.site().city());
    attribute(out, "photoshop:State", shot.site().state());
    attribute(out, "photoshop:Country", shot.site().country());
    attribute(out, "Iptc4xmpCore:Location", shot.site().name());
    attribute(out, "xmpMM:DocumentID", "xmp.did:" + shot.uniqueId());
    // XMP toolkits read tiff:Artist as an alias of dc:creator: it stands where both say the same.
    String artist = shot.photographer().artist();
    if (artist != null && artist.equals(shot.photographer().creator())) {
      attribute(out, "tiff:Artist", artist);
    }
    if (shot.camera().serial() != null) {
      attribute(out, "aux:SerialNumber", shot.camera().serial());
      attribute(out, "exifEX:BodySerialNumber", shot.camera().serial());
    }
  }

  private static String date(Shot shot) {
    String date = DateTimeFormatter.ISO_LOCAL_DATE.format(shot.taken()) + "T" + shot.time();
    if (shot.subSeconds() != null) {
      date += "." + shot.subSeconds();
    }
    return shot.offset() == null ? date : date + ExifWriter.offset(shot.offset());
  }

  private static void attribute(StringBuilder out, String name, String value) {
    out.append("  ").append(name).append("=\"").append(escape(value)).append("\"\n");
  }

  private static void list(StringBuilder out, String name, String kind, List<String> values) {
    out.append('<').append(name).append("><rdf:").append(kind).append('>');
    for (String value : values) {
      out.append("<rdf:li>").append(escape(value)).append("</rdf:li>");
    }
    out.append("</rdf:").append(kind).append("></").append(name).append(">\n");
  }

  private static void alternative(StringBuilder out, String name, String escaped) {
    out.append('<').append(name).append("><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    out.append(escaped).append("</rdf:li></rdf:Alt></").append(name).append(">\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static void position(StringBuilder out, Position position) {
    attribute(out, "exif:GPSLatitude", degrees(position.north(), position.south() ? 'S' : 'N'));
    attribute(out, "exif:GPSLongitude", degrees(position.east(), position.west() ? 'W' : 'E'));
  }

  private static String degrees(Position.Angle angle, char reference) {
    return angle.degrees() + "," + minutes(angle) + reference;
  }

  /** XMP writes degrees and decimal minutes: the value a reader gets from that text. */
  static double decoded(Position.Angle angle) {
    return angle.degrees() + Double.parseDouble(minutes(angle)) / 60;
  }

  private static String minutes(Position.Angle angle) {
    return String.format(Locale.ROOT, "%.7f", angle.minutes() + angle.secondsE4() / 600_000.0);
  }
}
