package io.dorsal.jobs.contents.formats;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The sheets of an Office Open XML workbook, streamed by POI's event reader. Formulas give their
 * cached values; macros, links and external parts are never looked at.
 */
final class XlsxSheets {

  private XlsxSheets() {}

  /**
   * @throws RefusedException BOMB, TOO_LARGE, CORRUPT
   */
  static void read(Path file, Workbook workbook) throws IOException {
    try (OPCPackage parts = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
      XSSFReader reader = new XSSFReader(parts);
      boolean[] since1904 = {false};
      try (InputStream in = reader.getWorkbookData()) {
        SafeXml.read(
            in,
            (event, xml) -> {
              if (xml.isStartElement() && xml.getLocalName().equals("workbookPr")) {
                String value = xml.getAttributeValue(null, "date1904");
                since1904[0] = "1".equals(value) || "true".equals(value);
              }
            });
      }
      var strings = new ReadOnlySharedStringsTable(parts, false);
      var styles = new CellStyles(reader.getStylesTable(), since1904[0]);
      Iterator<InputStream> sheets = reader.getSheetsData();
      Unpacked unpacked = new Unpacked();
      while (sheets.hasNext()) {
        try (InputStream in = unpacked.counted(sheets.next())) {
          String name = ((XSSFReader.SheetIterator) sheets).getSheetName();
          SheetBuilder sheet = workbook.begin(name);
          XMLReader xml = XMLHelper.newXMLReader();
          xml.setContentHandler(new XlsxRows(sheet, strings, styles));
          xml.parse(new InputSource(in));
          workbook.end(sheet);
        }
      }
    } catch (SAXException e) {
      throw e.getException() instanceof RefusedException refused
          ? refused
          : new IOException("broken XML", e);
    } catch (OpenXML4JException | ParserConfigurationException e) {
      throw new IOException("no workbook", e);
    }
  }

  /** What all sheets together unpack to. */
  private static final class Unpacked {
    private long bytes;

    InputStream counted(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          int read = super.read(into, from, length);
          bytes += Math.max(read, 0);
          if (bytes > OfficeZip.MOST_UNPACKED) {
            throw new RefusedException(RefusedException.Code.BOMB, "unpacks to more than 1 GiB");
          }
          return read;
        }
      };
    }
  }
}
