package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** The text of docx and pptx files: what stands in elements {@code t}, paragraph by paragraph. */
final class ZipText {

  private static final String SLIDE = "ppt/slides/slide[0-9]{1,6}\\.xml";

  private ZipText() {}

  static void read(OfficeZip zip, TextCollector text) throws IOException {
    List<String> parts =
        zip.has("word/document.xml")
            ? List.of("word/document.xml")
            : zip.names().stream()
                .filter(name -> name.matches(SLIDE))
                .sorted(Comparator.comparingInt(ZipText::number))
                .toList();
    for (String part : parts) {
      try (InputStream in = zip.open(part)) {
        boolean[] inText = {false};
        SafeXml.read(in, (event, xml) -> at(event, xml, inText, text));
      }
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("[^0-9]", ""));
  }

  private static void at(int event, XMLStreamReader xml, boolean[] inText, TextCollector text) {
    if (event == XMLStreamConstants.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "t" -> inText[0] = true;
        case "tab" -> text.add("\t");
        case "br", "cr" -> text.add("\n");
        default -> {}
      }
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      switch (xml.getLocalName()) {
        case "t" -> inText[0] = false;
        case "p" -> text.add("\n");
        default -> {}
      }
    } else if (inText[0]
        && (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)) {
      text.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }
  }
}
