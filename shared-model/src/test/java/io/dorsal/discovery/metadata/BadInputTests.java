package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.MetadataReaderTests.image;
import static io.dorsal.discovery.metadata.SampleFile.chunk;
import static io.dorsal.discovery.metadata.SampleFile.deflate;
import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.inspect;
import static io.dorsal.discovery.metadata.SampleFile.jpeg;
import static io.dorsal.discovery.metadata.SampleFile.latin;
import static io.dorsal.discovery.metadata.SampleFile.packet;
import static io.dorsal.discovery.metadata.SampleFile.png;
import static io.dorsal.discovery.metadata.SampleFile.riff;
import static io.dorsal.discovery.metadata.SampleFile.utf8;
import static io.dorsal.discovery.metadata.SampleFile.webp;
import static io.dorsal.discovery.metadata.SampleFile.xmp;
import static io.dorsal.discovery.metadata.SampleTiff.join;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.metadata.Inspection.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTests {

  static void unreadable(Inspection inspection, String code) {
    assertThat(inspection.outcome()).isEqualTo(Outcome.UNREADABLE);
    assertThat(inspection.code()).isEqualTo(code);
    assertThat(inspection.image()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.xmp", "a.xlsx", "a.sqlite"})
  void namesEmptyFiles(String path) throws Exception {
    SampleFile file = new SampleFile(new byte[0]);
    unreadable(file.inspect(path), "EMPTY_FILE");
    assertThat(file.reads).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.xmp,4194305", "a.csv,104857601", "a.pdf,104857601", "a.db,524288001"})
  void skipsWhatIsOverTheLimitOfItsClassUnread(String path, long size) throws Exception {
    SampleFile file = new SampleFile(new byte[0], size);
    Inspection inspection = file.inspect(path);
    assertThat(inspection.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(inspection.code()).isEqualTo("TOO_LARGE");
    assertThat(file.reads).isEmpty();
  }

  @Test
  void neverReadsOtherFiles() throws Exception {
    SampleFile file = new SampleFile(jpeg(9, 9));
    assertThat(file.inspect("a.mov").outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(file.reads).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.png", "a.cr2", "a.heic", "a.xlsx", "a.pdf", "a.sqlite"})
  void refusesNoise(String path) throws Exception {
    byte[] noise = new byte[5_000];
    new Random(7).nextBytes(noise);
    unreadable(inspect(path, noise), "CORRUPT");
  }

  @Test
  void believesTheBytesWhereTheNameDisagrees() throws Exception {
    Inspection inspection = inspect("a.jpg", png(30, 20));
    assertThat(inspection.detectedType()).isEqualTo("image/png");
    assertThat(image(inspection).width()).isEqualTo(30);
    assertThat(inspection.notes()).containsExactly(Note.EXTENSION_MISMATCH);
    Inspection pdf = inspect("a.jpg", latin("%PDF-1.7 ..."));
    assertThat(pdf.fileClass()).isEqualTo(FileClass.DOCUMENT);
    assertThat(pdf.outcome()).isEqualTo(Outcome.INSPECTED);
  }

  @Test
  void keepsWhatACutJpegStillSays() throws Exception {
    byte[] whole = jpeg(40, 30, exif(SampleTiff.camera(BIG_ENDIAN)));
    Inspection cut = inspect("a.jpg", Arrays.copyOf(whole, whole.length - 100));
    assertThat(image(cut).camera().serial()).isEqualTo("0120210");
    assertThat(cut.notes()).containsExactly(Note.CORRUPT);
    Inspection early = inspect("a.jpg", Arrays.copyOf(whole, 150));
    assertThat(image(early).camera().make()).isEqualTo("Canon");
    unreadable(inspect("a.jpg", Arrays.copyOf(whole, 12)), "CORRUPT");
  }

  @Test
  void survivesDirectoriesThatPointAtThemselves() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN).withCamera();
    tiff.main.longs(0x100, 10).longs(0x101, 10).longs(0x14A, 8, 8, 8);
    tiff.next = 8;
    Inspection inspection = inspect("a.tif", tiff.build());
    assertThat(image(inspection).width()).isEqualTo(10);
    SampleTiff empty = new SampleTiff(LITTLE_ENDIAN);
    empty.next = 8;
    unreadable(inspect("b.tif", empty.build()), "CORRUPT");
  }

  @Test
  void survivesAChainOfTenThousandDirectories() throws Exception {
    ByteBuffer chain = ByteBuffer.allocate(8 + 18 * 10_000).order(LITTLE_ENDIAN);
    chain.put(latin("II*\0")).putInt(8);
    for (int i = 0; i < 9_999; i++) {
      // One entry, SubIFDs, pointing at the next directory.
      chain.putShort((short) 1).putShort((short) 0x14A).putShort((short) 4).putInt(1);
      chain.putInt(8 + 18 * (i + 1)).putInt(0);
    }
    assertThat(inspect("a.tif", chain.array()).outcome()).isEqualTo(Outcome.UNREADABLE);
  }

  @Test
  void allocatesNothingForAbsurdCounts() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN).withCamera();
    tiff.main.put(0x10E, 2, 250_000_000, new byte[8]).put(0x9C9B, 5, 31_000_000, new byte[8]);
    Inspection inspection = new SampleFile(tiff.build(), 300_000_000).inspect("a.tif");
    assertThat(image(inspection).camera().serial()).isEqualTo("0120210");
  }

  @ParameterizedTest
  @CsvSource({"60000,60000,true", "65501,1,true", "65500,15000,false"})
  void notesDimensionsNobodyShoots(int width, int height, boolean noted) throws Exception {
    assertThat(inspect("a.png", png(width, height)).notes().contains(Note.DIMENSIONS_IMPLAUSIBLE))
        .isEqualTo(noted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iCCP", "iTXt"})
  void inflatesNoMoreThanFourMebibytes(String type) throws Exception {
    String header = type.equals("iTXt") ? "XML:com.adobe.xmp\0\1\0\0\0" : "profile\0\0";
    byte[] bomb = chunk(type, join(latin(header), deflate(new byte[5 << 20])));
    byte[] good = chunk(type, join(latin(header), deflate(new byte[4 << 20])));
    assertThat(inspect("a.png", png(9, 9, bomb)).notes()).contains(Note.INFLATE_LIMIT);
    assertThat(inspect("a.png", png(9, 9, good)).notes()).doesNotContain(Note.INFLATE_LIMIT);
  }

  @Test
  void refusesXmpThatDeclaresADocumentType() throws Exception {
    String evil =
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
            + packet("", "<dc:rights>&b;</dc:rights>").replaceFirst("<\\?xpacket[^>]*>", "");
    Inspection inspection = inspect("a.jpg", jpeg(9, 9, xmp(evil)));
    assertThat(inspection.notes()).containsExactly(Note.XMP_REFUSED);
    assertThat(image(inspection).credit().copyright()).isNull();
    Inspection wide = inspect("a.xmp", evil.getBytes(StandardCharsets.UTF_16));
    assertThat(wide.notes()).containsExactly(Note.XMP_REFUSED);
    assertThat(wide.tags().asMap()).isEmpty();
  }

  @Test
  void readsASidecarInOneRange() throws Exception {
    String packet = packet("photoshop:City='Oban'", "") + " ".repeat(1_000_000);
    SampleFile file = new SampleFile(utf8(packet));
    assertThat(image(file.inspect("a.xmp")).place().city()).isEqualTo("Oban");
    assertThat(file.reads).hasSize(1);
    unreadable(inspect("b.xmp", utf8("no xml at all")), "CORRUPT");
    StringBuilder settings = new StringBuilder("photoshop:City='Oban'");
    for (int i = 0; i < 1_000; i++) {
      settings.append(" tiff:s").append(i).append("='1'");
    }
    assertThat(image(inspect("c.xmp", utf8(packet(settings.toString(), "")))).place().city())
        .isEqualTo("Oban");
  }

  @Test
  void readsTheExifAndTextsOfPngAndWebp() throws Exception {
    byte[] tiff = SampleTiff.camera(BIG_ENDIAN).build();
    byte[] hex =
        deflate(
            latin(
                "\nexif\n  %d\n%s\n"
                    .formatted(tiff.length, java.util.HexFormat.of().formatHex(tiff))));
    byte[] profile = chunk("zTXt", join(latin("Raw profile type exif\0\0"), hex));
    byte[] file =
        webp(riff("VP8X", new byte[] {8, 0, 0, 0, 99, 0, 0, 49, 0, 0}), riff("EXIF", tiff));
    for (Inspection each :
        new Inspection[] {
          inspect("a.png", png(100, 50, chunk("eXIf", tiff))),
          inspect("b.png", png(100, 50, profile)),
          inspect("c.webp", file)
        }) {
      assertThat(image(each).camera().serial()).isEqualTo("0120210");
      assertThat(image(each).width()).isEqualTo(100);
      assertThat(image(each).height()).isEqualTo(50);
      assertThat(each.notes()).isEmpty();
    }
  }

  @Test
  void readsTheSizesOfGifAndBmp() throws Exception {
    assertThat(image(inspect("a.gif", latin("GIF89a\54\1\310\0\0\0\0;"))).width()).isEqualTo(300);
    ByteBuffer bmp = ByteBuffer.allocate(60).order(LITTLE_ENDIAN).put(latin("BM"));
    bmp.putInt(14, 40).putInt(18, 640).putInt(22, -480);
    assertThat(image(inspect("a.bmp", bmp.array())).height()).isEqualTo(480);
  }

  @Test
  void keepsRawTagsWithin64KiB() throws Exception {
    StringBuilder subjects = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      subjects.append("<dc:p").append(i).append(">\"").append("\u00e9".repeat(1_500));
      subjects.append("</dc:p").append(i).append('>');
    }
    Inspection inspection = inspect("a.xmp", utf8(packet("", subjects.toString())));
    int bytes = 0;
    for (var tag : inspection.tags().asMap().entrySet()) {
      bytes += utf8(tag.getKey() + tag.getValue().replace("\"", "\\\"")).length + 6;
    }
    assertThat(bytes).isBetween(50_000, 65_536);
  }
}
