package io.dorsal.jobs;

import static io.dorsal.jobs.HostileFile.file;
import static io.dorsal.jobs.HostileFile.zip;
import static io.dorsal.jobs.HostileFile.zipped;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Office files: zips, and the compound files before them. */
final class HostileOffice {

  private static final String CORRUPT = "UNREADABLE CORRUPT";
  private static final String BOMB = "UNREADABLE BOMB";
  private static final String ENCRYPTED = "UNREADABLE ENCRYPTED";
  private static final String TOO_LARGE = "SKIPPED TOO_LARGE";
  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final String WORD = "word/document.xml";
  private static final String ODS = "content.xml";
  private static final String FOREIGN = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
  private static final String LAUGHS =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  private static final String OLE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";

  private HostileOffice() {}

  static List<HostileFile> all() {
    String spaces = " ".repeat(8 << 20);
    return List.of(
        new HostileFile("bomb.xlsx", BOMB, () -> workbook(SHEET, "<worksheet>" + spaces)),
        new HostileFile(
            "lying bomb.xlsx", BOMB, () -> lying(workbook(SHEET, "<worksheet>" + spaces))),
        new HostileFile("cut.xlsx", CORRUPT, () -> half(workbook(SHEET, "<worksheet/>"))),
        file("nothing.xlsx", CORRUPT, "PK\u0005\u0006" + "\0".repeat(18)),
        new HostileFile("laughs.xlsx", CORRUPT, () -> workbook(SHEET, LAUGHS + "<x>&b;</x>")),
        new HostileFile(
            "entity.xlsx", CORRUPT, () -> workbook("xl/workbook.xml", FOREIGN + "<a/>")),
        new HostileFile("broken sheet.xlsx", CORRUPT, () -> workbook(SHEET, "<worksheet><row")),
        new HostileFile("10,000 columns.xlsx", TOO_LARGE, () -> wide(10_000)),
        new HostileFile("101 sheets.xlsx", TOO_LARGE, HostileOffice::sheets),
        new HostileFile(
            "no such string.xlsx", "INSPECTED", () -> workbook(SHEET, row("s", "99999"))),
        new HostileFile("no number.xlsx", "INSPECTED", () -> workbook(SHEET, row("n", "1e99999x"))),
        new HostileFile(
            "formula.xlsx", "INSPECTED", () -> workbook(SHEET, row("str", "=cmd|' /C'!A0"))),
        new HostileFile("locked.xlsx", ENCRYPTED, HostileOffice::lockedNew),
        zip("bomb.docx", BOMB, Map.of(WORD, "<w>" + spaces)),
        zip("deep.docx", BOMB, Map.of(WORD, "<w>".repeat(50_000) + "</w>".repeat(50_000))),
        zip("entity.docx", CORRUPT, Map.of(WORD, FOREIGN + "<w><t>&a;</t></w>")),
        zip("no slides.pptx", "INSPECTED", Map.of("ppt/presentation.xml", "<p/>")),
        zip(
            "repeated.ods",
            TOO_LARGE,
            Map.of(ODS, ods("table:number-rows-repeated=\"2000000\"", ""))),
        zip("wide.ods", TOO_LARGE, Map.of(ODS, ods("", "table:number-columns-repeated=\"900\""))),
        zip(
            "locked.ods",
            ENCRYPTED,
            Map.of(ODS, "x", "META-INF/manifest.xml", "<m><encryption-data/></m>")),
        zip("steps up.xlsx", CORRUPT, Map.of("../../../../tmp/evil", "x")),
        new HostileFile(
            "30,000 entries.docx", BOMB + " METADATA_TRUNCATED", HostileOffice::entries),
        file("cut.doc", CORRUPT, OLE + "\0".repeat(40)),
        file(
            "loop.xls",
            CORRUPT,
            OLE + "\0".repeat(16) + ">\0\u0003\0\u00fe\u00ff\u0009\0\u0006\0" + "\0".repeat(5_000)),
        file("noise.ppt", CORRUPT, OLE + "\u00ffz\u0001".repeat(5_000)),
        new HostileFile("cut.xls", CORRUPT, () -> half(old())),
        new HostileFile("locked.xls", ENCRYPTED, HostileOffice::lockedOld));
  }

  private static String row(String type, String value) {
    return "<worksheet"
        + " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row"
        + " r=\"4294967296\"><c r=\"A1\" t=\""
        + type
        + "\"><v>"
        + value
        + "</v></c></row></sheetData></worksheet>";
  }

  private static String ods(String row, String cell) {
    return "<o xmlns:table=\"t\" xmlns:text=\"x\"><table:table><table:table-row "
        + row
        + "><table:table-cell "
        + cell
        + "><text:p>a</text:p></table:table-cell></table:table-row>"
        + "</table:table></o>";
  }

  /** A workbook one of whose parts is replaced. */
  private static byte[] workbook(String part, String content) {
    String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    String relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
            + " Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override"
            + " PartName=\"/xl/workbook.xml\" ContentType=\""
            + type
            + "sheet.main+xml\"/>"
            + "<Override PartName=\"/"
            + SHEET
            + "\" ContentType=\""
            + type
            + "worksheet+xml\"/></Types>");
    parts.put("_rels/.rels", related(relation + "/officeDocument", "xl/workbook.xml"));
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
            + relation
            + "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels", related(relation + "/worksheet", "worksheets/sheet1.xml"));
    parts.put(SHEET, "<worksheet/>");
    parts.put(part, content);
    return zipped(parts);
  }

  private static String related(String type, String target) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Id=\"r1\" Type=\""
        + type
        + "\" Target=\""
        + target
        + "\"/></Relationships>";
  }

  /** Says in its directory that nothing unpacks to more than 100 bytes. */
  private static byte[] lying(byte[] zip) {
    for (int at = zip.length - 46; at > 0; at--) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
        zip[at + 25] = 0;
        zip[at + 26] = 0;
        zip[at + 27] = 0;
      }
    }
    return zip;
  }

  private static byte[] half(byte[] whole) {
    return java.util.Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] entries() {
    Map<String, String> many = new LinkedHashMap<>();
    many.put(WORD, "<w/>");
    for (int i = 0; i < 30_000; i++) {
      many.put("e" + i, "");
    }
    return zipped(many);
  }

  private static byte[] wide(int columns) {
    return written(
        () -> {
          XSSFWorkbook workbook = new XSSFWorkbook();
          var row = workbook.createSheet("wide").createRow(0);
          for (int i = 0; i < columns; i++) {
            row.createCell(i).setCellValue(i);
          }
          return workbook;
        });
  }

  private static byte[] sheets() {
    return written(
        () -> {
          XSSFWorkbook workbook = new XSSFWorkbook();
          for (int i = 0; i < 101; i++) {
            workbook.createSheet("s" + i);
          }
          return workbook;
        });
  }

  private static byte[] old() {
    return written(
        () -> {
          HSSFWorkbook workbook = new HSSFWorkbook();
          var sheet = workbook.createSheet("old");
          for (int i = 0; i < 500; i++) {
            sheet.createRow(i).createCell(0).setCellValue("value " + i);
          }
          return workbook;
        });
  }

  private static byte[] lockedOld() {
    Biff8EncryptionKey.setCurrentUserPassword("secret");
    try {
      return old();
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
  }

  private static byte[] lockedNew() {
    try (POIFSFileSystem files = new POIFSFileSystem()) {
      var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
      encryptor.confirmPassword("secret");
      try (var out = encryptor.getDataStream(files)) {
        out.write(wide(3));
      }
      var bytes = new ByteArrayOutputStream();
      files.writeFilesystem(bytes);
      return bytes.toByteArray();
    } catch (IOException | java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] written(Supplier<Workbook> made) {
    var bytes = new ByteArrayOutputStream();
    try (Workbook workbook = made.get()) {
      workbook.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
