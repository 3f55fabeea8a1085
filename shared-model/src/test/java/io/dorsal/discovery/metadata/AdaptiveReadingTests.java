package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.MetadataReaderTests.image;
import static io.dorsal.discovery.metadata.SampleFile.chunk;
import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.jpeg;
import static io.dorsal.discovery.metadata.SampleFile.latin;
import static io.dorsal.discovery.metadata.SampleFile.packet;
import static io.dorsal.discovery.metadata.SampleFile.png;
import static io.dorsal.discovery.metadata.SampleFile.segment;
import static io.dorsal.discovery.metadata.SampleFile.utf8;
import static io.dorsal.discovery.metadata.SampleTiff.join;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.metadata.ImageMetadata.Preview;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdaptiveReadingTests {

  @Test
  void readsAnOrfWhoseExifLiesAt300KiBWithFewRanges() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN, "IIRO").withCamera().withPosition();
    tiff.main.longs(0x100, 4640).longs(0x101, 3472).longs(0x111, 131_072).longs(0x117, 100);
    SampleFile file = new SampleFile(tiff.build(300 * 1024), 12_000_000);
    Inspection inspection = file.inspect("a.orf");
    ImageMetadata image = image(inspection);
    assertThat(Objects.requireNonNull(image.taken()).local().toString())
        .isEqualTo("2024-07-12T10:11:12");
    assertThat(image.camera().serial()).isEqualTo("0120210");
    assertThat(image.width()).isEqualTo(4640);
    assertThat(inspection.detectedType()).isEqualTo("image/x-olympus-orf");
    assertThat(inspection.ranges()).isLessThanOrEqualTo(9);
    assertThat(inspection.bytesRead()).isLessThanOrEqualTo(2 << 20);
    assertThat(file.reads).hasSize(2).first().isEqualTo("0+131072");
  }

  @Test
  void readsOneRangeOfAJpegWithAPreviewOf100KiB() throws Exception {
    byte[] half = segment(0xE2, join(latin("MPF\0"), new byte[51_200]));
    byte[] bytes = jpeg(800, 600, exif(SampleTiff.camera(BIG_ENDIAN)), half, half);
    SampleFile file = new SampleFile(bytes, 5_000_000);
    Inspection inspection = file.inspect("a.jpg");
    assertThat(image(inspection).width()).isEqualTo(800);
    assertThat(file.reads).containsExactly("0+131072");
    assertThat(inspection.bytesRead()).isEqualTo(131_072);
  }

  @Test
  void readsASmallFileOnce() throws Exception {
    byte[] bytes = jpeg(8, 6, exif(SampleTiff.camera(BIG_ENDIAN)));
    SampleFile file = new SampleFile(bytes);
    file.inspect("a.jpg");
    assertThat(file.reads).containsExactly("0+" + bytes.length);
  }

  @Test
  void followsSegmentsBeyondTheFirstRange() throws Exception {
    byte[] filler = segment(0xE2, new byte[65_000]);
    byte[] bytes = jpeg(800, 600, filler, filler, filler, exif(SampleTiff.camera(BIG_ENDIAN)));
    SampleFile file = new SampleFile(bytes);
    assertThat(image(file.inspect("a.jpg")).camera().serial()).isEqualTo("0120210");
    assertThat(file.reads.size()).isBetween(2, 4);
  }

  @Test
  void stopsAtEightTargetedRangesAndSaysSo() throws Exception {
    byte[][] fillers = new byte[40][];
    Arrays.fill(fillers, segment(0xE2, new byte[65_000]));
    Inspection inspection = new SampleFile(jpeg(8, 6, fillers)).inspect("a.jpg");
    assertThat(inspection.outcome()).isEqualTo(Inspection.Outcome.INSPECTED);
    assertThat(inspection.ranges()).isEqualTo(9);
    assertThat(inspection.notes()).containsExactly(Note.METADATA_TRUNCATED);
  }

  @Test
  void findsXmpBehindThePixelsOfAPng() throws Exception {
    byte[] xmp =
        join(latin("XML:com.adobe.xmp\0\0\0\0\0"), utf8(packet("photoshop:City='Oban'", "")));
    byte[] whole = png(500, 400, chunk("IDAT", new byte[150_000]));
    byte[] bytes =
        join(
            Arrays.copyOf(whole, whole.length - 12),
            chunk("IDAT", new byte[100_000]),
            chunk("iTXt", xmp),
            chunk("IEND", new byte[0]));
    SampleFile file = new SampleFile(bytes);
    Inspection inspection = file.inspect("a.png");
    assertThat(image(inspection).place().city()).isEqualTo("Oban");
    assertThat(inspection.notes()).isEmpty();
    assertThat(file.reads).hasSize(2);
  }

  @Test
  void followsTheDirectoryAtTheEndOfATiffAndReadsNoStrip() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN).withCamera();
    tiff.main.longs(0x100, 9000).longs(0x101, 6000).longs(0x111, new long[60_000]);
    SampleFile file = new SampleFile(tiff.build(20_000_000), 300_000_000);
    Inspection inspection = file.inspect("a.tif");
    assertThat(image(inspection).width()).isEqualTo(9000);
    assertThat(image(inspection).camera().serial()).isEqualTo("0120210");
    assertThat(inspection.ranges()).isLessThanOrEqualTo(4);
    assertThat(inspection.notes()).isEmpty();
  }

  @Test
  void findsTheItemsOfAHeicInItsMediaData() throws Exception {
    byte[] exif = join(new byte[4], SampleTiff.camera(BIG_ENDIAN).build());
    byte[] ispe = SampleFile.box("ispe", ints(0, 4032, 3024));
    byte[] tile = SampleFile.box("ispe", ints(0, 512, 512));
    byte[] infe = SampleFile.box("infe", latin("\2\0\0\0\0\7\0\0Exif\0"));
    byte[] iinf = SampleFile.box("iinf", latin("\0\0\0\0\0\1"), infe);
    int at = 400_000;
    byte[] iloc =
        SampleFile.box("iloc", latin("\0\0\0\0\104\0\0\1\0\7\0\0\0\1"), ints(at, exif.length));
    byte[] iprp = SampleFile.box("iprp", SampleFile.box("ipco", tile, ispe));
    byte[] head =
        join(
            SampleFile.box("ftyp", latin("heic\0\0\0\0")),
            SampleFile.box("meta", new byte[4], iloc, iinf, iprp));
    byte[] bytes = join(head, ints(1_000_000), latin("mdat"), new byte[at - head.length - 8], exif);
    SampleFile file = new SampleFile(bytes, head.length + 1_000_000L);
    Inspection inspection = file.inspect("a.heic");
    ImageMetadata image = image(inspection);
    assertThat(image.width()).isEqualTo(4032);
    assertThat(image.camera().serial()).isEqualTo("0120210");
    assertThat(inspection.notes()).isEmpty();
    assertThat(file.reads).hasSize(2);
  }

  @Test
  void readsCanonsSplitDirectoriesAndItsPreview() throws Exception {
    SampleTiff main = new SampleTiff(LITTLE_ENDIAN);
    main.main.text(0x10F, "Canon").text(0x110, "EOS R6");
    SampleTiff exif = new SampleTiff(LITTLE_ENDIAN);
    exif.main
        .text(0x9003, "2024:07:12 10:11:12")
        .text(0xA431, "77")
        .longs(0xA002, 5472)
        .longs(0xA003, 3648);
    SampleTiff gps = new SampleTiff(LITTLE_ENDIAN);
    gps.main
        .text(1, "N")
        .rationals(2, 10, 1, 0, 1, 0, 1)
        .text(3, "E")
        .rationals(4, 20, 1, 0, 1, 0, 1);
    byte[] canon =
        SampleFile.box(
            "uuid",
            java.util.HexFormat.of().parseHex("85c0b687820f11e08111f4ce462b6a48"),
            SampleFile.box("CMT1", main.build()),
            SampleFile.box("CMT2", exif.build()),
            SampleFile.box("CMT4", gps.build()));
    byte[] bytes =
        join(SampleFile.box("ftyp", latin("crx \0\0\0\1")), SampleFile.box("moov", canon));
    ImageMetadata image = image(SampleFile.inspect("a.cr3", bytes));
    assertThat(image.camera().key()).isEqualTo("Canon|EOS R6|77");
    assertThat(Objects.requireNonNull(image.position()).longitude()).isEqualTo(20);
    assertThat(image.taken()).isNotNull();
    assertThat(image.height()).isEqualTo(3648);
  }

  @Test
  void tellsWhereTheLargestPreviewOfARawFileLies() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN).withCamera();
    tiff.main
        .longs(0x100, 160)
        .longs(0x101, 120)
        .longs(0xFE, 1)
        .longs(0x201, 70_000)
        .longs(0x202, 30_000);
    assertThat(image(new SampleFile(tiff.build(), 900_000).inspect("a.nef")).preview())
        .isEqualTo(new Preview(70_000, 30_000));
    assertThat(image(new SampleFile(tiff.build(), 80_000).inspect("b.nef")).preview()).isNull();
  }

  @Test
  void readsTheJpegInsideAFujifilmRaw() throws Exception {
    byte[] inner = jpeg(6000, 4000, exif(SampleTiff.camera(BIG_ENDIAN)));
    byte[] head = Arrays.copyOf(latin("FUJIFILMCCD-RAW 0201"), 200_000);
    ByteBuffer.wrap(head).putInt(84, 200_000).putInt(88, inner.length);
    ImageMetadata image = image(SampleFile.inspect("a.raf", join(head, inner)));
    assertThat(image.camera().serial()).isEqualTo("0120210");
    assertThat(image.preview()).isEqualTo(new Preview(200_000, inner.length));
  }

  private static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }
}
