package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.MetadataReaderTests.image;
import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.inspect;
import static io.dorsal.discovery.metadata.SampleFile.jpeg;
import static io.dorsal.discovery.metadata.SampleFile.latin;
import static io.dorsal.discovery.metadata.SampleFile.packet;
import static io.dorsal.discovery.metadata.SampleFile.utf8;
import static io.dorsal.discovery.metadata.SampleFile.xmp;
import static io.dorsal.discovery.metadata.SampleTiff.join;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What exiftool finds in real files of other writers, and we once did not. */
class OddWritersTests {

  @Test
  void positionsTellTheirError() throws Exception {
    var tiff = SampleTiff.camera(BIG_ENDIAN).withPosition();
    assertThat(inspect("a.jpg", jpeg(9, 9, exif(tiff))).tags().asMap())
        .containsEntry("EXIF:GPSHPositioningError", "5/1");
  }

  @Test
  void anXmpUriMayStandAsReference() throws Exception {
    String reference = "<xmpMM:DocumentID rdf:resource='uuid:D6CBDC1D'/>";
    assertThat(image(inspect("a.jpg", jpeg(9, 9, xmp(packet("", reference))))).documentId())
        .isEqualTo("uuid:D6CBDC1D");
  }

  @Test
  void strayBytesBehindASegmentHideNothing() throws Exception {
    byte[] stray = new byte[16];
    byte[] file =
        jpeg(
            9,
            9,
            exif(SampleTiff.camera(BIG_ENDIAN)),
            stray,
            xmp(packet("photoshop:City='Haines'", "")));
    Inspection inspection = inspect("a.jpg", file);
    assertThat(image(inspection).place().city()).isEqualTo("Haines");
    assertThat(image(inspection).width()).isEqualTo(9);
    assertThat(inspection.notes()).isEmpty();
  }

  @Test
  void gifKeepsXmpInAnExtension() throws Exception {
    byte[] trailer = new byte[258];
    for (int i = 0; i < 256; i++) {
      trailer[i + 1] = (byte) (255 - i);
    }
    trailer[0] = 1;
    byte[] file =
        join(
            latin("GIF89a\11\0\7\0\u0080\0\0\0\0\0\0\0\0"),
            latin("!\u00ff\u000bNETSCAPE2.0\3\1\0\0\0"),
            latin("!\u00ff\u000bXMP DataXMP"),
            utf8(packet("photoshop:City='Haines'", "")),
            trailer,
            latin(";"));
    assertThat(image(inspect("a.gif", file)).place().city()).isEqualTo("Haines");
    assertThat(image(inspect("a.gif", file)).width()).isEqualTo(9);
  }

  @Test
  void aCaptionOfManyPagesKeepsItsBeginning() throws Exception {
    SampleTiff tiff = SampleTiff.camera(BIG_ENDIAN);
    tiff.main.text(0x10E, "Fluke ".repeat(3_000));
    assertThat(image(inspect("a.jpg", jpeg(9, 9, exif(tiff)))).content().caption())
        .startsWith("Fluke Fluke")
        .hasSizeLessThanOrEqualTo(Text.LONGEST);
  }

  @Test
  void canonsRawHasTheSizeOfItsPicture() throws Exception {
    SampleTiff tiff = SampleTiff.camera(LITTLE_ENDIAN);
    tiff.main.longs(0x100, 1536).longs(0x101, 1024);
    tiff.exif.longs(0xA002, 3456).longs(0xA003, 2304);
    byte[] file = tiff.build(16);
    System.arraycopy(latin("CR\2\0"), 0, file, 8, 4);
    assertThat(image(inspect("a.cr2", file)).width()).isEqualTo(3456);
    assertThat(image(inspect("a.cr2", file)).height()).isEqualTo(2304);
  }

  @Test
  void fujifilmsRawHasTheSizeOfItsSensorNotOfItsPreview() throws Exception {
    byte[] preview = jpeg(160, 120, exif(SampleTiff.camera(BIG_ENDIAN)));
    ByteBuffer head = ByteBuffer.allocate(128).put(latin("FUJIFILMCCD-RAW 0201"));
    ByteBuffer table = ByteBuffer.allocate(24).putInt(2);
    table.putShort((short) 0x100).putShort((short) 4).putShort((short) 2852).putShort((short) 4276);
    table.putShort((short) 0x111).putShort((short) 4).putShort((short) 2848).putShort((short) 4272);
    head.putInt(84, 128).putInt(88, preview.length).putInt(92, 128 + preview.length);
    Inspection inspection = inspect("a.raf", join(bytes(head), preview, bytes(table)));
    assertThat(image(inspection).width()).isEqualTo(4272);
    assertThat(image(inspection).height()).isEqualTo(2848);
    assertThat(image(inspection).camera().make()).isEqualTo("Canon");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }
}
