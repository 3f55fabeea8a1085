package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What lies beside photographs: sighting logs, notes, papers, databases, clips. */
final class Papers {

  private static final String HEADINGS = "Date,Time,Site,Latitude,Longitude,Animal,Photographer";
  private static final int SIGHTINGS = 12;
  private static final int BOMB = 128 << 20;
  private static final LocalDateTime ZIP_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

  private Papers() {}

  static Content of(Kind kind, Shot shot) {
    return switch (kind) {
      case XLSX -> new Content(sheet("Sightings"), () -> xlsx(shot));
      case XLSX_BOMB ->
          new Content(Truth.unreadable(FileClass.SPREADSHEET, "BOMB"), () -> bomb(shot));
      case CSV -> new Content(sheet(""), () -> utf8(csv(shot)));
      case TEXT ->
          new Content(document("Field notes no. " + shot.number()), () -> utf8(notes(shot)));
      case PDF -> new Content(document(title(shot)), () -> pdf(shot));
      case SQLITE ->
          new Content(
              Truth.inspected(FileClass.DATA).contents(SightingsDatabase.CONTENTS),
              () -> SightingsDatabase.bytes(shot.number()));
      case OTHER -> new Content(Truth.counted(), () -> clip(shot));
      case NAME_TRAILING_DOT, NAME_TRAILING_BLANK ->
          new Content(Truth.counted(), () -> utf8(notes(shot)));
      case SIDECAR ->
          new Content(
              Truth.inspected(FileClass.SIDECAR).shot(shot, Shot.Parts.XMP_ONLY),
              () -> XmpWriter.packet(shot));
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  private static Truth sheet(String name) {
    String rows = "|" + (1 + SIGHTINGS) + "|";
    return Truth.inspected(FileClass.SPREADSHEET).contents(name + rows + HEADINGS);
  }

  private static Truth document(String firstLine) {
    return Truth.inspected(FileClass.DOCUMENT).contents(firstLine);
  }

  private static String title(Shot shot) {
    return "Sightings at site " + shot.number();
  }

  private static String csv(Shot shot) {
    StringBuilder rows = new StringBuilder(HEADINGS + "\r\n");
    for (int row = 0; row < SIGHTINGS; row++) {
      rows.append(shot.taken().toLocalDate()).append(',').append(shot.time()).append(',');
      rows.append(shot.site().name()).append(',').append(shot.site().latitude()).append(',');
      rows.append(shot.site().longitude()).append(",T0").append(10 + (shot.number() + row) % 80);
      rows.append(",\"").append(shot.photographer().name()).append("\"\r\n");
    }
    return rows.toString();
  }

  private static String notes(Shot shot) {
    return "Field notes no. "
        + shot.number()
        + "\n"
        + shot.taken().toLocalDate()
        + ", "
        + shot.site().name()
        + "\n"
        + shot.caption()
        + "\nSea state 2, wind light, glare on the port side.\n";
  }

  private static byte[] clip(Shot shot) {
    return new ByteBuilder(ByteOrder.BIG_ENDIAN, 4200)
        .u32(20)
        .ascii("ftypqt  ")
        .u32(0x200)
        .ascii("qt  ")
        .u32(8 + 4096)
        .ascii("mdat")
        .put(Pixels.noise(shot.number(), 4096))
        .toBytes();
  }

  /** One page, one line; the cross-reference table holds the offsets of the objects. */
  private static byte[] pdf(Shot shot) {
    String line = "BT /F1 12 Tf 72 720 Td (" + title(shot) + ") Tj ET";
    String[] objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
          + " /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + line.length() + " >>\nstream\n" + line + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    };
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
    for (int at = 0; at < objects.length; at++) {
      table
          .append(Integer.toString(1_000_000_000 + pdf.length()).replaceFirst("1", "0"))
          .append(" 00000 n \n");
      pdf.append(at + 1).append(" 0 obj\n").append(objects[at]).append("\nendobj\n");
    }
    int start = pdf.length();
    pdf.append(table)
        .append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n")
        .append(start)
        .append("\n%%EOF\n");
    return pdf.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] xlsx(Shot shot) {
    StringBuilder sheet = new StringBuilder(XlsxParts.SHEET_HEAD);
    for (String line : csv(shot).replace("\"", "").lines().toList()) {
      sheet.append("<row>");
      for (String cell : Arrays.asList(line.split(",", -1))) {
        sheet.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
      }
      sheet.append("</row>");
    }
    return zip(sheet.append(XlsxParts.SHEET_TAIL).toString(), 0, "");
  }

  private static byte[] bomb(Shot shot) {
    byte[] made = Bomb.BYTES;
    byte[] comment = shot.uniqueId().getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(made, made.length);
    System.arraycopy(comment, 0, bytes, bytes.length - comment.length, comment.length);
    return bytes;
  }

  /** Deflating takes a second: done once, when the first bomb is asked for. */
  private static final class Bomb {
    static final byte[] BYTES =
        zip(XlsxParts.SHEET_HEAD + XlsxParts.SHEET_TAIL, BOMB, "0".repeat(32));
  }

  private static byte[] zip(String sheet, int padding, String comment) {
    Map<String, String> parts = new LinkedHashMap<>(XlsxParts.FIXED);
    parts.put("xl/worksheets/sheet1.xml", sheet);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment(comment);
      for (Map.Entry<String, String> part : parts.entrySet()) {
        ZipEntry entry = new ZipEntry(part.getKey());
        entry.setTimeLocal(ZIP_TIME);
        zip.putNextEntry(entry);
        zip.write(utf8(part.getValue()));
        if (part.getKey().endsWith("sheet1.xml")) {
          pad(zip, padding);
        }
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void pad(ZipOutputStream zip, int blanks) throws IOException {
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) ' ');
    for (int at = 0; at < blanks; at += block.length) {
      zip.write(block);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
