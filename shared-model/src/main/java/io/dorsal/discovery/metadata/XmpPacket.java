package io.dorsal.discovery.metadata;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One XMP packet: the simple properties and lists that stand directly in its descriptions. A packet
 * with a document type is refused before anything of it is used, so no entity can ever expand.
 */
final class XmpPacket {

  static final int LIMIT = 4 << 20;
  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_PROPERTIES = 2_000;
  private static final int LONGEST_TEXT = 4 * Text.LONGEST;
  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final XMLInputFactory FACTORY = factory();
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("http://purl.org/dc/elements/1.1/", "dc"),
          Map.entry("http://ns.adobe.com/photoshop/1.0/", "photoshop"),
          Map.entry("http://ns.adobe.com/xap/1.0/", "xmp"),
          Map.entry("http://ns.adobe.com/exif/1.0/", "exif"),
          Map.entry("http://cipa.jp/exif/1.0/", "exifEX"),
          Map.entry("http://ns.adobe.com/exif/1.0/aux/", "aux"),
          Map.entry("http://ns.adobe.com/lightroom/1.0/", "lr"),
          Map.entry("http://ns.adobe.com/tiff/1.0/", "tiff"),
          Map.entry("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
          Map.entry("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"),
          Map.entry("http://ns.adobe.com/xmp/note/", "xmpNote"));

  private final XMLStreamReader xml;
  private final Findings findings;
  private final StringBuilder text = new StringBuilder();
  private List<String> items = new ArrayList<>();
  private @Nullable String property;
  private boolean preferred;
  private int depth;
  private int root = -1;

  private XmpPacket(XMLStreamReader xml, Findings findings) {
    this.xml = xml;
    this.findings = findings;
  }

  /** Adds what the packet says; the first value of a property counts. Refusals become notes. */
  static void read(byte[] packet, Findings findings) {
    if (packet.length > LIMIT) {
      findings.notes.add(Note.XMP_REFUSED);
      return;
    }
    int length = packet.length;
    while (length > 0 && packet[length - 1] == 0) {
      length--;
    }
    try {
      XMLStreamReader xml;
      synchronized (FACTORY) {
        xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(packet, 0, length));
      }
      new XmpPacket(xml, findings).read();
    } catch (XMLStreamException e) {
      findings.notes.add(Note.CORRUPT);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    // Raw developers write hundreds of settings as attributes; the JDK stops at 200.
    factory.setProperty("jdk.xml.elementAttributeLimit", "5000");
    return factory;
  }

  private void read() throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          findings.notes.add(Note.XMP_REFUSED);
          return;
        }
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
        case XMLStreamConstants.END_ELEMENT -> {
          if (end()) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  private void start() {
    depth++;
    if (root < 0) {
      root = RDF.equals(xml.getNamespaceURI()) && "RDF".equals(xml.getLocalName()) ? depth : -1;
    } else if (depth == root + 1) {
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        String name = name(xml.getAttributeNamespace(i), xml.getAttributeLocalName(i));
        put(name, List.of(xml.getAttributeValue(i)));
      }
    } else if (depth == root + 2) {
      property = name(xml.getNamespaceURI(), xml.getLocalName());
      items = new ArrayList<>();
      text.setLength(0);
      // A URI may stand as a reference in place of text (XMP part 1, C.2.5).
      String reference = xml.getAttributeValue(RDF, "resource");
      text.append(reference == null ? "" : reference, 0, length(reference));
    } else if (depth == root + 4) {
      preferred =
          "x-default".equals(xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang"));
      text.setLength(0);
    }
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : Math.min(text.length(), LONGEST_TEXT);
  }

  private void characters() {
    boolean inValue = root > 0 && (depth == root + 2 || depth == root + 4);
    if (inValue && property != null && text.length() < LONGEST_TEXT) {
      int length = Math.min(xml.getTextLength(), LONGEST_TEXT);
      text.append(xml.getTextCharacters(), xml.getTextStart(), length);
    }
  }

  /** Whether the packet's RDF ends here: what follows it is padding. */
  private boolean end() {
    if (root > 0 && depth == root + 4 && items.size() < MOST_ITEMS) {
      items.add(preferred ? 0 : items.size(), text.toString());
      text.setLength(0);
    } else if (root > 0 && depth == root + 2) {
      put(property, items.isEmpty() ? List.of(text.toString()) : items);
      property = null;
    }
    return depth-- == root;
  }

  private void put(@Nullable String name, List<String> values) {
    if (name == null || findings.xmp.size() >= MOST_PROPERTIES) {
      return;
    }
    List<String> clean = new ArrayList<>(values.size());
    for (String value : values) {
      String kept = Text.clean(value);
      if (kept != null) {
        clean.add(kept);
      }
    }
    if (!clean.isEmpty()) {
      findings.xmp.putIfAbsent(name, clean);
    }
  }

  private static @Nullable String name(@Nullable String namespace, String local) {
    String prefix = namespace == null ? null : PREFIXES.get(namespace);
    return prefix == null ? null : prefix + ":" + local;
  }
}
