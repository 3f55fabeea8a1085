package io.dorsal.jobs;

import static io.dorsal.jobs.HostileFile.deflated;
import static io.dorsal.jobs.HostileFile.file;

import io.github.spannm.jackcess.ColumnBuilder;
import io.github.spannm.jackcess.DataType;
import io.github.spannm.jackcess.Database;
import io.github.spannm.jackcess.DatabaseBuilder;
import io.github.spannm.jackcess.TableBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.sqlite.SQLiteConnection;

/** Text tables, documents and databases. */
final class HostilePapers {

  private static final String CORRUPT = "UNREADABLE CORRUPT";
  private static final String ENCRYPTED = "UNREADABLE ENCRYPTED";
  private static final String TOO_LARGE = "SKIPPED TOO_LARGE";
  private static final String JET = "\0\u0001\0\0Standard Jet DB\0\u0001\0\0\0";

  private HostilePapers() {}

  static List<HostileFile> all() {
    return List.of(
        file("endless line.csv", TOO_LARGE, "x".repeat(20 << 20)),
        file("10,000 columns.csv", TOO_LARGE, "a,".repeat(10_000)),
        file("2 million rows.csv", TOO_LARGE, "a\n".repeat(2_000_000)),
        file("zeros.csv", CORRUPT, "a,b\n\0\0\0,c\n"),
        file("open quote.csv", "INSPECTED", "a,b\n\"1,2\n3,4\n"),
        file("formulas.csv", "INSPECTED", "=cmd|' /C calc'!A0,+1,-1,@SUM(1)\n"),
        file("half characters.csv", "INSPECTED", "\u00ff\u00fe\0\u00d8,\0\0\u00dc\n\0"),
        file("no unicode.tsv", "INSPECTED", "\u00ef\u00bb\u00bfa\u00ff\tb\u00c0\n"),
        file("machine code.txt", CORRUPT, "\u007fELF\u0001\0\0" + "\u0001\u0002\u0003".repeat(99)),
        file("quoted printable of nothing.txt", "INSPECTED", "=20=\r\n=00=\r\n".repeat(9_000)),
        file("only blanks.txt", "INSPECTED", " ".repeat(3 << 20)),
        file("cut.pdf", CORRUPT, "%PDF-1.4\n1 0 obj\n<< /Type /Catalog"),
        file("pages that are their own.pdf", CORRUPT, pdf("/Kids [2 0 R] /Count 1", "")),
        file("deep.pdf", CORRUPT, "%PDF-1.4\n1 0 obj\n" + "[".repeat(200_000)),
        file(
            "table of itself.pdf",
            CORRUPT,
            "%PDF-1.4\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF"),
        file("stream bomb.pdf", TOO_LARGE, streamBomb()),
        new HostileFile("locked.pdf", ENCRYPTED, HostilePapers::lockedPdf),
        file("deep.rtf", CORRUPT, "{\\rtf1" + "{".repeat(500_000)),
        file("cut.rtf", CORRUPT, "{\\rtf1 {\\b half a w"),
        file("binary of 2 GB.rtf", CORRUPT, "{\\rtf1\\bin2147483647 x}"),
        file("codes of nothing.rtf", CORRUPT, "{\\rtf1\\ansicpg99999 \\u-99999 \\'zz\\'" + "a}"),
        file("only a header.sqlite", CORRUPT, "SQLite format 3\0"),
        new HostileFile("noise.sqlite", CORRUPT, () -> noise(database("create table t (a)"), 100)),
        new HostileFile(
            "cut.db", CORRUPT, () -> Arrays.copyOf(database("create table t (a)"), 5_000)),
        new HostileFile(
            "loads code.sqlite",
            "INSPECTED",
            () ->
                database(
                    "create view v as select load_extension('/tmp/evil.so')",
                    "create table t (a default (load_extension('/tmp/evil.so')))")),
        file("cut.mdb", CORRUPT, JET),
        file("noise like a lock.mdb", CORRUPT, JET + "\u0007\u00ff\u0013".repeat(20_000)),
        new HostileFile("noise.accdb", CORRUPT, () -> noise(access(), 4_096)));
  }

  private static String pdf(String pages, String content) {
    return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages "
        + pages
        + " >>\nendobj\n"
        + content
        + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  }

  /** One page whose contents inflate to 1.5 GB. A filter named twice is used once only. */
  private static String streamBomb() {
    String stream = deflated(" ".repeat(10 << 20));
    return pdf(
        "/Kids [3 0 R] /Count 1",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents ["
            + "4 0 R ".repeat(150)
            + "] >>\nendobj\n4 0 obj\n<< /Filter /FlateDecode /Length "
            + stream.length()
            + " >>\nstream\n"
            + stream
            + "\nendstream\nendobj\n");
  }

  private static byte[] lockedPdf() {
    var bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      var policy = new StandardProtectionPolicy("owner", "user", new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      document.save(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] database(String... statements) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
      return connection.unwrap(SQLiteConnection.class).serialize("main");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] access() {
    try {
      Path file = Files.createTempFile("hostile", ".accdb");
      try (Database database = DatabaseBuilder.create(Database.FileFormat.V2010, file.toFile())) {
        new TableBuilder("t").addColumn(new ColumnBuilder("a", DataType.LONG)).toTable(database);
      }
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first bytes, and noise behind them. */
  private static byte[] noise(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 7);
    }
    return bytes;
  }
}
