package io.dorsal.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class SpecialFilesTests {

  private static final DemoArchive ARCHIVE = DemoArchive.plan(8, 400);

  @Test
  void theFarOrfHasItsExifAtExactly300KiB() {
    byte[] orf = first(Kind.ORF_FAR_EXIF);
    assertThat(new String(orf, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("IIRO");
    assertThat(pointer(ByteBuffer.wrap(orf), 0x8769)).isEqualTo(300 * 1024);
  }

  @Test
  void dngAndNefHaveTheirExifBeyondTheFirst128KiB() {
    assertThat(pointer(ByteBuffer.wrap(first(Kind.DNG)), 0x8769)).isGreaterThan(128 * 1024);
    assertThat(pointer(ByteBuffer.wrap(first(Kind.NEF)), 0x8769)).isGreaterThan(128 * 1024);
  }

  @Test
  void aTiffMayHaveItsDirectoryBeyondTheFirst128KiB() {
    ByteBuffer tiff = ByteBuffer.wrap(first(Kind.TIFF_FAR_IFD));
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    assertThat(tiff.getInt(4)).isGreaterThan(128 * 1024);
  }

  @Test
  void theLargePreviewAndItsMarkersEndWithinTheFirstRange() {
    int scan = markerAt(first(Kind.PHOTO_LARGE_PREVIEW), 0xDA);
    assertThat(scan).isBetween(100 * 1024, 131_072);
  }

  @Test
  void exifPushedBackStartsBetween64And128KiB() {
    int exif = markerAt(first(Kind.PHOTO_EXIF_BEYOND_64_KIB), 0xE1);
    assertThat(exif).isBetween(64 * 1024, 128 * 1024);
  }

  @Test
  void pngBombsInflateToMoreThan4MiB() throws DataFormatException {
    assertThat(inflated(first(Kind.PNG_TEXT_BOMB), "zTXt", 9)).isGreaterThan(4L << 20);
    assertThat(inflated(first(Kind.PNG_PROFILE_BOMB), "iCCP", 5)).isGreaterThan(4L << 20);
  }

  @Test
  void theWorkbookBombIsAValidZipOfARatioAbove100() throws IOException {
    byte[] bomb = first(Kind.XLSX_BOMB);
    assertThat(unpacked(bomb)).isGreaterThan(100L * bomb.length);
    assertThat(unpacked(first(Kind.XLSX))).isBetween(1L, 100_000L);
  }

  @Test
  void theLoopingTiffNamesItselfAsTheNextDirectory() {
    ByteBuffer tiff = ByteBuffer.wrap(first(Kind.TIFF_LOOP));
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    assertThat(tiff.getInt(directory + 2 + tiff.getShort(directory) * 12)).isEqualTo(directory);
  }

  @Test
  void databasesAndPapersStartAsTheirFormatsDo() {
    assertThat(head(Kind.SQLITE)).startsWith("SQLite format 3");
    assertThat(head(Kind.PDF)).startsWith("%PDF-1.4");
    assertThat(head(Kind.SIDECAR)).contains("xpacket begin");
  }

  private static byte[] first(Kind kind) {
    for (int i = 0; i < ARCHIVE.files(); i++) {
      DemoFile file = ARCHIVE.plan(i);
      if (file.kind().equals(kind.name())) {
        return file.bytes();
      }
    }
    throw new AssertionError("no " + kind);
  }

  private static String head(Kind kind) {
    return new String(first(kind), 0, 100, StandardCharsets.UTF_8);
  }

  /** The value of a pointer in the first directory. */
  private static int pointer(ByteBuffer tiff, int tag) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    for (int entry = 0; entry < tiff.getShort(directory); entry++) {
      int at = directory + 2 + entry * 12;
      if ((tiff.getShort(at) & 0xFFFF) == tag) {
        return tiff.getInt(at + 8);
      }
    }
    throw new AssertionError("no tag " + tag);
  }

  private static int markerAt(byte[] jpeg, int marker) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != marker) {
      at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
    }
    return at;
  }

  private static long inflated(byte[] png, String chunk, int textBefore)
      throws DataFormatException {
    int at = new String(png, StandardCharsets.ISO_8859_1).indexOf(chunk) + 4 + textBefore;
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(png, at, png.length - at);
      byte[] out = new byte[1 << 16];
      while (!inflater.finished() && inflater.inflate(out) > 0) {
        assertThat(inflater.getBytesWritten()).isLessThan(64L << 20);
      }
      return inflater.getBytesWritten();
    } finally {
      inflater.end();
    }
  }

  private static long unpacked(byte[] zip) throws IOException {
    long size = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        size += in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
    return size;
  }
}
