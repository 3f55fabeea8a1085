package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.BadInputTests.unreadable;
import static io.dorsal.discovery.metadata.SampleFile.inspect;
import static io.dorsal.discovery.metadata.SampleFile.latin;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.metadata.Inspection.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class OfficeFileTests {

  @Test
  void refusesABombInAnOfficeFile() throws Exception {
    unreadable(inspect("a.xlsx", zip(30 << 20)), "BOMB");
    assertThat(inspect("a.xlsx", zip(1_000)).outcome()).isEqualTo(Outcome.INSPECTED);
    byte[] huge = zip(1_000);
    int entry = new String(huge, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    ByteBuffer.wrap(huge).order(LITTLE_ENDIAN).putInt(entry + 24, (1 << 30) + 1);
    unreadable(inspect("b.docx", huge), "BOMB");
  }

  @Test
  void refusesLockedAndBrokenOfficeFiles() throws Exception {
    byte[] locked = zip(1_000);
    int entry = new String(locked, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    locked[entry + 8] |= 1;
    unreadable(inspect("a.ods", locked), "ENCRYPTED");
    ByteBuffer ole = ByteBuffer.allocate(4_096).order(LITTLE_ENDIAN);
    ole.put(latin("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")).putShort(30, (short) 9);
    ole.putInt(48, 1);
    assertThat(inspect("a.xls", ole.array()).outcome()).isEqualTo(Outcome.INSPECTED);
    ole.put(1_152, "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE));
    unreadable(inspect("a.xlsx", ole.array()), "ENCRYPTED");
    unreadable(inspect("a.xlsx", Arrays.copyOf(zip(1_000), 60)), "CORRUPT");
  }

  @Test
  void readsOnlyTheDirectoryOfALargeZip() throws Exception {
    byte[] zip = zip(1_000);
    byte[] moved = SampleTiff.join(latin("PK\3\4"), new byte[3_000_000], zip);
    int entry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    ByteBuffer.wrap(moved).order(LITTLE_ENDIAN).putInt(moved.length - 6, 3_000_004 + entry);
    SampleFile file = new SampleFile(moved);
    assertThat(file.inspect("a.pptx").outcome()).isEqualTo(Outcome.INSPECTED);
    assertThat(file.reads).hasSize(2);
  }

  private static byte[] zip(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] noise = new byte[500];
    new Random(3).nextBytes(noise);
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      zip.write(noise);
      zip.putNextEntry(new ZipEntry("xl/sheet1.xml"));
      zip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }
}
