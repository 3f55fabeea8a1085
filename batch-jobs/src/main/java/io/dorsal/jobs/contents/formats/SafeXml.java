package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Streams XML that declares nothing: a document type ends the reading, entities never expand. */
final class SafeXml {

  private static final XMLInputFactory FACTORY = factory();

  private SafeXml() {}

  /** Takes the events of one document. */
  @FunctionalInterface
  interface Events {

    /** Looks at the event the reader stands on. */
    void at(int event, XMLStreamReader xml) throws IOException, XMLStreamException;
  }

  /**
   * Reads the document to its end; the caller closes the stream.
   *
   * @throws RefusedException CORRUPT where it is no XML or declares a document type
   */
  static void read(InputStream in, Events events) throws IOException {
    try {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(in);
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.DTD || event == XMLStreamReader.ENTITY_REFERENCE) {
          throw new RefusedException(RefusedException.Code.CORRUPT, "a document type in its XML");
        }
        events.at(event, xml);
      }
    } catch (XMLStreamException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (OfficeZip.isBomb(cause)) {
          throw new RefusedException(RefusedException.Code.BOMB, "unpacks to too much");
        }
      }
      throw new RefusedException(RefusedException.Code.CORRUPT, "broken XML");
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }
}
