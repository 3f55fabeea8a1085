package io.dorsal.jobs.contents.formats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.ColumnType;
import io.dorsal.discovery.contents.DataTable;
import io.dorsal.discovery.contents.DocumentText;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.contents.Sheet;
import io.dorsal.discovery.contents.SheetColumn;
import io.github.spannm.jackcess.ColumnBuilder;
import io.github.spannm.jackcess.DataType;
import io.github.spannm.jackcess.Database;
import io.github.spannm.jackcess.DatabaseBuilder;
import io.github.spannm.jackcess.TableBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2.5 and the documents and databases of 2.4, on files as programs write them. */
@SuppressWarnings("NullAway.Init")
class ForeignFileTests {

  private static final String ZIP = "application/zip";
  private static final String OLE = "application/x-ole-storage";
  private static final Pattern IDS = Pattern.compile("\\bT\\d{3}\\b");

  @TempDir Path folder;

  @Test
  void newWorkbook() throws Exception {
    sightings(read(Samples.workbook(new XSSFWorkbook(), file("a.xlsx")), ZIP));
  }

  @Test
  void oldWorkbook() throws Exception {
    sightings(read(Samples.workbook(new HSSFWorkbook(), file("a.xls")), OLE));
  }

  private static void sightings(FileContents contents) {
    assertThat(contents.sheets()).extracting(Sheet::name).containsExactly("Sightings", "Notes");
    Sheet sheet = contents.sheets().getFirst();
    assertThat(sheet.rows()).isEqualTo(32);
    assertThat(sheet.headerRow()).isEqualTo(3);
    assertThat(sheet.columns())
        .containsExactly(
            new SheetColumn("Date", ColumnType.DATE, 1),
            new SheetColumn("Latitude", ColumnType.LATITUDE, 1),
            new SheetColumn("Longitude", ColumnType.LONGITUDE, 1),
            new SheetColumn("Whale ID", ColumnType.INDIVIDUAL, 1),
            new SheetColumn("Observer", ColumnType.PERSON, 1),
            new SheetColumn("Photo", ColumnType.FILENAME, 1),
            new SheetColumn("N", ColumnType.NUMBER, 1));
    assertThat(sheet.columns()).extracting(SheetColumn::candidate).contains(true, false);
    assertThat(sheet.samples()).hasSize(20);
    assertThat(sheet.samples().get(1))
        .containsExactly("2019-07-02", "48.51", "-123.25", "T011", "Ann Lee", "IMG_1001.JPG", "2");
    Sheet notes = contents.sheets().get(1);
    assertThat(notes.headerRow()).isNull();
    assertThat(notes.columns()).extracting(SheetColumn::header).containsExactly("A", "B");
    assertThat(notes.samples().getFirst().get(1)).hasSize(256);
  }

  @Test
  void openDocumentRepeatsItsRows() throws Exception {
    var contents = read(Samples.zip(file("a.ods"), Map.of("content.xml", Samples.ODS)), ZIP);
    Sheet sheet = contents.sheets().getFirst();
    assertThat(sheet.name()).isEqualTo("Trip");
    assertThat(sheet.rows()).isEqualTo(4);
    assertThat(sheet.columns())
        .containsExactly(
            new SheetColumn("Time", ColumnType.TIME, 1),
            new SheetColumn("Animal", ColumnType.INDIVIDUAL, 1));
    assertThat(sheet.samples().getFirst()).containsExactly("14:05:09", "T099");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {"UTF-8! ,", "UTF-8!;", "UTF-16LE!|", "UTF-16BE!,", "windows-1252!;"})
  void textTableInAnyCharsetWithAnyDelimiter(String charset, String delimiter) throws Exception {
    String d = delimiter.strip();
    String text =
        String.join(d, "Fecha", "Niño", "Lat")
            + "\r\n"
            + ("2020-05-01" + d + "\"a" + d + "b\"" + d + "12.5\r\n").repeat(3);
    Path file = Files.write(file("a.csv"), text.getBytes(Charset.forName(charset)));
    Sheet sheet = read(file, null).sheets().getFirst();
    assertThat(sheet.columns())
        .extracting(SheetColumn::header)
        .containsExactly("Fecha", "Niño", "Lat");
    assertThat(sheet.samples().getFirst()).containsExactly("2020-05-01", "a" + d + "b", "12.5");
    assertThat(sheet.columns())
        .extracting(SheetColumn::type)
        .containsExactly(ColumnType.DATE, ColumnType.TEXT, ColumnType.LATITUDE);
  }

  @Test
  void markIsNoPartOfTheFirstHeading() throws Exception {
    Path file = Files.writeString(file("a.tsv"), "\uFEFFDate\tTime\n2020-01-01\t10:00\n");
    Sheet sheet = read(file, null).sheets().getFirst();
    assertThat(sheet.columns().getFirst().header()).isEqualTo("Date");
  }

  @Test
  void htmlNamedLikeAWorkbook() throws Exception {
    String html =
        "<html><table><tr><th>Day</th><th>Site</th></tr><tr><td>2020-01-02<td>Bay</table>";
    Sheet sheet = read(Files.writeString(file("a.xls"), html), null).sheets().getFirst();
    assertThat(sheet.headerRow()).isEqualTo(1);
    assertThat(sheet.samples()).containsExactly(List.of("2020-01-02", "Bay"));
  }

  @Test
  void wordAndSlides() throws Exception {
    var word = text(Samples.zip(file("a.docx"), Map.of("word/document.xml", Samples.DOCX)), ZIP);
    assertThat(word.sample()).isEqualTo("Met T099 and T100\nT099\tagain");
    assertThat(word.hits())
        .containsExactly(new DocumentText.Hit("T099", 2), new DocumentText.Hit("T100", 1));
    var slides =
        Map.of(
            "ppt/presentation.xml", "<p/>",
            "ppt/slides/slide2.xml", Samples.slide("two"),
            "ppt/slides/slide10.xml", Samples.slide("ten"));
    assertThat(text(Samples.zip(file("a.pptx"), slides), ZIP).sample()).isEqualTo("two\nten");
  }

  @Test
  void richText() throws Exception {
    String rtf =
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\uc1 Ni\\'f1o"
            + " \\u8364?\\par T123{\\pict\\bin4 \\{}}x} end}";
    Path file = Files.writeString(file("a.rtf"), rtf, StandardCharsets.ISO_8859_1);
    DocumentText text = text(file, "application/rtf");
    assertThat(text.sample()).isEqualTo("Niño €\nT123 end");
    assertThat(text.hits()).containsExactly(new DocumentText.Hit("T123", 1));
  }

  @Test
  void pdf() throws Exception {
    Path file = file("a.pdf");
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.showText("Sighting of T046");
        content.endText();
      }
      document.save(file.toFile());
    }
    assertThat(text(file, "application/pdf").sample()).isEqualTo("Sighting of T046");
  }

  @Test
  void longTextIsReadToItsLimitAndItsSampleKept() throws Exception {
    Path file = Files.writeString(file("a.txt"), "T001 ".repeat(300_000));
    DocumentText text = text(file, null);
    assertThat(text.characters()).isEqualTo(1_000_000);
    assertThat(text.sample()).hasSize(2_000);
    assertThat(text.hits()).containsExactly(new DocumentText.Hit("T001", 200_000));
  }

  @Test
  void sqlite() throws Exception {
    Path file = file("a.sqlite");
    sql(
        file,
        "create table \"odd \"\"name\" (a integer, b)",
        "create virtual table v using fts5(x)");
    sql(file, "insert into \"odd \"\"name\" values (1, 2), (3, 4)");
    List<DataTable> tables = read(file, "application/vnd.sqlite3").tables();
    assertThat(tables)
        .filteredOn(t -> t.name().equals("v"))
        .extracting(DataTable::rows)
        .containsOnlyNulls();
    assertThat(tables)
        .contains(
            new DataTable(
                "odd \"name",
                List.of(new DataTable.Column("a", "INTEGER"), new DataTable.Column("b", "")),
                2L));
  }

  @Test
  void access() throws Exception {
    Path file = file("a.accdb");
    try (Database database = DatabaseBuilder.create(Database.FileFormat.V2010, file.toFile())) {
      new TableBuilder("Sightings")
          .addColumn(new ColumnBuilder("Id", DataType.LONG))
          .addColumn(new ColumnBuilder("Animal", DataType.TEXT))
          .toTable(database)
          .addRow(1, "T099");
    }
    assertThat(read(file, "application/x-msaccess").tables())
        .containsExactly(
            new DataTable(
                "Sightings",
                List.of(new DataTable.Column("Id", "LONG"), new DataTable.Column("Animal", "TEXT")),
                1L));
  }

  @Test
  void tooManyColumnsRowsAndSheets() throws Exception {
    refused("a.csv", "a,".repeat(600), "TOO_LARGE");
    refused("a.csv", "a" + ",".repeat(600), null);
    refused("a.csv", "x".repeat(3 << 20), "TOO_LARGE");
    refused("a.csv", "a\n".repeat(1_048_577), "TOO_LARGE");
    refused("a.csv", "a\u0000b", "CORRUPT");
    Path many = file("many.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      for (int i = 0; i < 101; i++) {
        workbook.createSheet("s" + i);
      }
      workbook.write(Files.newOutputStream(many));
    }
    refused(many, ZIP, "TOO_LARGE");
  }

  private void refused(String name, String text, @Nullable String code) throws IOException {
    refused(Files.writeString(file(name), text), null, code);
  }

  private void refused(Path file, @Nullable String type, @Nullable String code)
      throws RefusedException {
    if (code == null) {
      assertThat(read(file, type)).isNotNull();
    } else {
      assertThatThrownBy(() -> read(file, type))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.code().name()).isEqualTo(code));
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static DocumentText text(Path file, @Nullable String type) throws RefusedException {
    return requireNonNull(read(file, type).document());
  }

  private static FileContents read(Path file, @Nullable String type) throws RefusedException {
    String name = file.getFileName().toString();
    return new ForeignFile(file, type, name.substring(name.lastIndexOf('.') + 1)).read(IDS);
  }

  private static void sql(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
