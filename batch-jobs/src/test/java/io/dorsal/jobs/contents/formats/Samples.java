package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;

/** Small files as programs write them. */
final class Samples {

  private Samples() {}

  /** A title, a gap, headings and 30 sightings; the day is a real date, the count a formula. */
  static Path workbook(Workbook workbook, Path file) throws IOException {
    try (workbook) {
      CellStyle day = workbook.createCellStyle();
      day.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      Sheet sheet = workbook.createSheet("Sightings");
      sheet.createRow(0).createCell(0).setCellValue("Summer 2019");
      Row head = sheet.createRow(2);
      String[] headings = {"Date", "Latitude", "Longitude", "Whale ID", "Observer", "Photo", "N"};
      for (int i = 0; i < headings.length; i++) {
        head.createCell(i).setCellValue(headings[i]);
      }
      for (int i = 0; i < 30; i++) {
        Row row = sheet.createRow(3 + i);
        row.createCell(0).setCellValue(LocalDateTime.of(2019, 7, 1 + i, 0, 0));
        row.getCell(0).setCellStyle(day);
        row.createCell(1).setCellValue(48.5 + i / 100.0);
        row.createCell(2).setCellValue(-123.25);
        row.createCell(3).setCellValue("T0" + (10 + i));
        row.createCell(4).setCellValue("Ann Lee");
        row.createCell(5).setCellValue("IMG_" + (1000 + i) + ".JPG");
        row.createCell(6).setCellFormula("1+" + i);
      }
      workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
      workbook.createSheet("Notes").createRow(0).createCell(1).setCellValue("x".repeat(300));
      try (OutputStream out = Files.newOutputStream(file)) {
        workbook.write(out);
      }
    }
    return file;
  }

  static Path zip(Path file, Map<String, String> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  static final String ODS =
      """
      <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
      <table:table table:name="Trip"><table:table-row>
        <table:table-cell office:value-type="string"><text:p>Time</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>Animal</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16382"/></table:table-row>
      <table:table-row table:number-rows-repeated="3">
        <table:table-cell office:value-type="time" office:time-value="PT14H05M09S"><text:p>14:05</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>T<text:span>099</text:span></text:p></table:table-cell>
      </table:table-row>
      <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      </table:table></office:spreadsheet></office:body></office:document-content>
      """;

  static final String DOCX =
      """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
      <w:p><w:r><w:t>Met </w:t></w:r><w:r><w:t xml:space="preserve">T099 and T100</w:t></w:r></w:p>
      <w:p><w:r><w:t>T099</w:t><w:tab/><w:t>again</w:t></w:r></w:p></w:body></w:document>
      """;

  static String slide(String text) {
    return "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>"
        + text
        + "</a:t></a:r></a:p></p:sld>";
  }
}
