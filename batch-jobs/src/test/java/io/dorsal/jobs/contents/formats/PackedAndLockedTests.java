package io.dorsal.jobs.contents.formats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spannm.jackcess.ColumnBuilder;
import io.github.spannm.jackcess.DataType;
import io.github.spannm.jackcess.Database;
import io.github.spannm.jackcess.DatabaseBuilder;
import io.github.spannm.jackcess.TableBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold more than they show, or show less than they hold. */
@SuppressWarnings("NullAway.Init")
class PackedAndLockedTests {

  /** Where a database of Access keeps the key of its pages, 0 for none; masked by a fixed text. */
  private static final int KEY = 62;

  private static final int PARTS = 4;
  private static final int PART = 10 << 20;

  @TempDir Path folder;

  /** Its text stands behind 10 MiB of blanks in each part: who has it, has unpacked them all. */
  @Test
  void pageOfManyLargePartsIsUnpackedToItsEnd() throws Exception {
    byte[] bytes = packed(" ".repeat(PART) + "1 0 0 1 0 20 cm BT /F1 9 Tf 9 9 Td (whale) Tj ET\n");
    assertThat(bytes.length).isLessThan(20_000);
    Path file = Files.write(folder.resolve("packed.pdf"), bytes);
    var document = new ForeignFile(file, "application/pdf", "pdf").read(null).document();
    assertThat(requireNonNull(document).sample().split("whale", -1)).hasSize(PARTS + 1);
  }

  private static byte[] packed(String contents) throws IOException {
    byte[] stream = deflated(contents.getBytes(StandardCharsets.ISO_8859_1));
    var pdf = new ByteArrayOutputStream();
    pdf.writeBytes(
        ("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages"
                + " /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R"
                + " /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents ["
                + "4 0 R ".repeat(PARTS)
                + "] >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\n"
                + "endobj\n4 0 obj\n<< /Filter /FlateDecode /Length "
                + stream.length
                + " >>\nstream\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    pdf.writeBytes(stream);
    pdf.writeBytes(
        "\nendstream\nendobj\ntrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    return pdf.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void databaseWithAKeyIsEncryptedAndNoiseInItsPlaceIsNot() throws Exception {
    Path plain = folder.resolve("plain.mdb");
    try (Database database = DatabaseBuilder.create(Database.FileFormat.V2003, plain.toFile())) {
      new TableBuilder("t").addColumn(new ColumnBuilder("a", DataType.LONG)).toTable(database);
    }
    byte[] locked = Files.readAllBytes(plain);
    locked[KEY] ^= 0x55;
    refused(locked, "ENCRYPTED");
    refused(Arrays.copyOf(locked, locked.length - 100), "CORRUPT");
  }

  private void refused(byte[] bytes, String code) throws IOException {
    Path file = Files.write(folder.resolve("locked.mdb"), bytes);
    assertThatThrownBy(() -> new ForeignFile(file, "application/x-msaccess", "mdb").read(null))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }
}
