package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A picture whose XMP takes more than one segment, as the XMP specification cuts it. */
final class ExtendedXmpJpeg {

  private static final int PART = 65_400;
  private static final int BULK = 150_000;

  private ExtendedXmpJpeg() {}

  /** The city stands in the first packet; country, keywords and caption stand in the other. */
  static byte[] bytes() throws NoSuchAlgorithmException {
    byte[] more =
        utf8(
            packet(
                "photoshop:Country=\"Scotland\"",
                """
                <dc:subject><rdf:Bag><rdf:li>orca</rdf:li><rdf:li>fluke</rdf:li></rdf:Bag></dc:subject>
                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Off Oban</rdf:li></rdf:Alt>
                </dc:description><dc:source>%s</dc:source>
                """
                    .formatted("x".repeat(BULK))));
    byte[] md5 = MessageDigest.getInstance("MD5").digest(more);
    String digest = HexFormat.of().withUpperCase().formatHex(md5);
    String main = packet("photoshop:City=\"Oban\" xmpNote:HasExtendedXMP=\"" + digest + "\"", "");
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin("\u00ff\u00d8"));
    segment(out, 0xE1, latin("http://ns.adobe.com/xap/1.0/\0"), utf8(main));
    for (int at = 0; at < more.length; at += PART) {
      byte[] part = Arrays.copyOfRange(more, at, Math.min(more.length, at + PART));
      ByteBuffer head = ByteBuffer.allocate(75);
      head.put(latin("http://ns.adobe.com/xmp/extension/\0" + digest));
      segment(out, 0xE1, head.putInt(more.length).putInt(at).array(), part);
    }
    segment(out, 0xC0, new byte[] {8, 0, 6, 0, 8, 1, 1, 17, 0}, new byte[0]);
    segment(out, 0xDA, new byte[] {1, 1, 0, 0, 63, 0}, new byte[60]);
    out.writeBytes(latin("\u00ff\u00d9"));
    return out.toByteArray();
  }

  private static void segment(ByteArrayOutputStream out, int marker, byte[] head, byte[] body) {
    int length = head.length + body.length + 2;
    out.write(0xFF);
    out.write(marker);
    out.write(length >> 8);
    out.write(length);
    out.writeBytes(head);
    out.writeBytes(body);
  }

  private static String packet(String attributes, String elements) {
    return """
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
          xmlns:xmpNote="http://ns.adobe.com/xmp/note/" %s>%s</rdf:Description>
        </rdf:RDF></x:xmpmeta>"""
        .formatted(attributes, elements);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
