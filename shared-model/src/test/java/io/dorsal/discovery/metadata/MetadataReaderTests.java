package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.inspect;
import static io.dorsal.discovery.metadata.SampleFile.iptc;
import static io.dorsal.discovery.metadata.SampleFile.jpeg;
import static io.dorsal.discovery.metadata.SampleFile.latin;
import static io.dorsal.discovery.metadata.SampleFile.packet;
import static io.dorsal.discovery.metadata.SampleFile.xmp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dorsal.discovery.metadata.ImageMetadata.Credit;
import io.dorsal.discovery.metadata.ImageMetadata.Origin;
import io.dorsal.discovery.metadata.ImageMetadata.Position;
import io.dorsal.discovery.metadata.ImageMetadata.Taken;
import io.dorsal.discovery.metadata.Inspection.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTests {

  static ImageMetadata image(Inspection inspection) {
    assertThat(inspection.outcome()).as(inspection.toString()).isEqualTo(Outcome.INSPECTED);
    return Objects.requireNonNull(inspection.image());
  }

  static Inspection withDate(String date) throws IOException {
    SampleTiff tiff = new SampleTiff(BIG_ENDIAN);
    tiff.exif.text(0x9003, date);
    return inspect("a.jpg", jpeg(40, 30, exif(tiff)));
  }

  static Inspection withPosition(long latitude, long longitude) throws IOException {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN);
    tiff.gps.text(1, "N").rationals(2, latitude, 1, 0, 1, 0, 1);
    tiff.gps.text(3, "E").rationals(4, longitude, 1, 0, 1, 0, 1);
    return inspect("a.jpg", jpeg(40, 30, exif(tiff)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsWhatTheCameraWrote(boolean little) throws Exception {
    ByteOrder order = little ? LITTLE_ENDIAN : BIG_ENDIAN;
    Inspection inspection =
        inspect("x/A.JPG", jpeg(4000, 3000, exif(SampleTiff.camera(order).withPosition())));
    ImageMetadata image = image(inspection);
    assertThat(image.taken())
        .isEqualTo(
            new Taken(
                LocalDateTime.of(2024, 7, 12, 10, 11, 12),
                "37",
                ZoneOffset.ofHours(-7),
                true,
                Origin.EXIF));
    assertThat(image.camera().key()).isEqualTo("Canon|Canon EOS R5|0120210");
    assertThat(image.camera().exposureTime()).isEqualTo(0.0005);
    assertThat(image.camera().fNumber()).isEqualTo(7.1);
    assertThat(image.camera().iso()).isEqualTo(800);
    assertThat(image.camera().focalLength()).isEqualTo(500);
    assertThat(image.width()).isEqualTo(4000);
    assertThat(image.height()).isEqualTo(3000);
    assertThat(image.orientation()).isEqualTo(6);
    Position position = Objects.requireNonNull(image.position());
    assertThat(position.latitude()).isCloseTo(48.501, within(1e-9));
    assertThat(position.longitude()).isEqualTo(-123.25);
    assertThat(position.altitude()).isEqualTo(-12.5);
    assertThat(position.accuracy()).isEqualTo(5);
    assertThat(position.timestamp()).isEqualTo(Instant.parse("2024-07-12T17:11:12Z"));
    assertThat(inspection.detectedType()).isEqualTo("image/jpeg");
    assertThat(inspection.notes()).isEmpty();
    assertThat(inspection.tags().asMap())
        .containsEntry("EXIF:DateTimeOriginal", "2024:07:12 10:11:12")
        .containsEntry("EXIF:Model", "Canon EOS R5");
  }

  @Test
  void usesXmpOverIptcOverExifForTheSameThing() throws Exception {
    byte[] file =
        jpeg(
            40,
            30,
            exif(SampleTiff.camera(BIG_ENDIAN)),
            iptc(80, "By Line", 90, "Haines", 92, "Pier", 25, "orca", 25, "fluke", 120, "Caption"),
            xmp(
                packet(
                    "photoshop:City='Juneau' xmpMM:DocumentID='doc-1'",
                    "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
                        + "<dc:description><rdf:Alt><rdf:li xml:lang='de'>Wal</rdf:li>"
                        + "<rdf:li xml:lang='x-default'>Whale</rdf:li></rdf:Alt></dc:description>")));
    ImageMetadata image = image(inspect("a.jpg", file));
    assertThat(image.credit())
        .isEqualTo(new Credit("Ana Wu", "By Line", "Ana; Bo", "Ana; Bo", Origin.XMP, null));
    assertThat(image.place().city()).isEqualTo("Juneau");
    assertThat(image.place().subLocation()).isEqualTo("Pier");
    assertThat(image.content().caption()).isEqualTo("Whale");
    assertThat(image.content().keywords()).containsExactly("orca", "fluke");
    assertThat(image.documentId()).isEqualTo("doc-1");
    assertThat(image(inspect("a.xmp", SampleFile.utf8(packet("tiff:Artist='Cy'", "")))).credit())
        .isEqualTo(new Credit(null, null, null, "Cy", Origin.XMP, null));
    assertThat(inspect("a.jpg", file).tags().asMap())
        .containsEntry("IPTC:City", "Haines")
        .containsEntry("XMP:photoshop:City", "Juneau");
  }

  @Test
  void takesTheDateFromXmpOrIptcWhereTheCameraLeftNone() throws Exception {
    Inspection xmp =
        inspect(
            "a.jpg", jpeg(9, 9, xmp(packet("xmp:CreateDate='2019-03-04T05:06:07.25+02:00'", ""))));
    assertThat(image(xmp).taken())
        .isEqualTo(
            new Taken(
                LocalDateTime.of(2019, 3, 4, 5, 6, 7),
                "25",
                ZoneOffset.ofHours(2),
                true,
                Origin.XMP));
    Inspection iptc = inspect("a.jpg", jpeg(9, 9, iptc(55, "20190304")));
    assertThat(image(iptc).taken())
        .isEqualTo(new Taken(LocalDateTime.of(2019, 3, 4, 0, 0), null, null, false, Origin.IPTC));
  }

  @ParameterizedTest
  @CsvSource({
    "1899:12:31 23:59:59, DATE_IMPLAUSIBLE, false",
    "1900:01:01 00:00:00, , true",
    "2026:11:22 14:00:00, , true",
    "2026:11:22 14:00:01, DATE_IMPLAUSIBLE, false",
    "2000:01:01 00:10:00, CLOCK_SUSPECT, true",
    "2000:01:01 00:10:01, , true",
    "1980:01:01 00:00:00, CLOCK_SUSPECT, true",
    "2021:01:01 00:00:00, , true",
    "0000:00:00 00:00:00, , false",
    "2024:13:45 10:00:00, , false"
  })
  void judgesDates(String date, Note note, boolean kept) throws Exception {
    Inspection inspection = withDate(date);
    assertThat(inspection.notes())
        .isEqualTo(note == null ? java.util.Set.of() : java.util.Set.of(note));
    assertThat(image(inspection).taken() != null).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"0,0,GPS_NULL", "91,10,GPS_INVALID", "10,181,GPS_INVALID", "90,180,"})
  void judgesPositions(long latitude, long longitude, Note note) throws Exception {
    Inspection inspection = withPosition(latitude, longitude);
    assertThat(inspection.notes())
        .isEqualTo(note == null ? java.util.Set.of() : java.util.Set.of(note));
    assertThat(image(inspection).position() == null).isEqualTo(note != null);
  }

  @Test
  void readsNoPositionWhereItsRationalsDivideByZero() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN);
    tiff.gps
        .text(1, "N")
        .rationals(2, 0, 0, 0, 0, 0, 0)
        .text(3, "E")
        .rationals(4, 0, 0, 0, 0, 0, 0);
    assertThat(inspect("a.jpg", jpeg(9, 9, exif(tiff))).notes()).containsExactly(Note.GPS_INVALID);
  }

  @Test
  void keepsStringsThatPostgresWouldRefuseOutOfItsAnswers() throws Exception {
    SampleTiff tiff = new SampleTiff(LITTLE_ENDIAN);
    tiff.main
        .bytes(0x13B, 2, latin("Jos\u00e9\u0001  Ruiz\n\0hidden"))
        .text(0x10E, "x".repeat(7_000));
    ImageMetadata image = image(inspect("a.jpg", jpeg(9, 9, exif(tiff))));
    assertThat(image.credit().artist()).isEqualTo("Jos\u00e9 Ruiz");
    assertThat(image.content().caption()).hasSize(2_000);
  }

  @Test
  void readsTheSerialFromTheMakerNoteWhereExifHasNone() throws Exception {
    SampleTiff note = new SampleTiff(LITTLE_ENDIAN);
    note.main.text(0x1D, "3001234");
    SampleTiff tiff = new SampleTiff(BIG_ENDIAN);
    tiff.main.text(0x10F, "NIKON CORPORATION").text(0x110, "NIKON D850");
    tiff.exif.bytes(0x927C, 7, SampleTiff.join(latin("Nikon\0\2\20\0\0"), note.build()));
    ImageMetadata image = image(inspect("a.jpg", jpeg(9, 9, exif(tiff))));
    assertThat(image.camera().serialOrigin()).isEqualTo(Origin.MAKER_NOTE);
    assertThat(image.camera().key()).isEqualTo("NIKON CORPORATION|NIKON D850|3001234");
  }

  @Test
  void hashesTheSizeAndTheFirst128KiB() throws Exception {
    byte[] file = SampleTiff.join(jpeg(9, 9), new byte[300_000]);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(8).putLong(file.length).array());
    digest.update(file, 0, 131_072);
    assertThat(inspect("a.jpg", file).headHash()).isEqualTo(digest.digest());
    assertThat(inspect("a.jpg", jpeg(9, 9)).headHash()).hasSize(32);
  }

  @Test
  void passesTheStoresOwnFailureOn() {
    IOException failure = new IOException("412");
    MetadataReader reader = new MetadataReader(SampleFile.CLOCK);
    assertThatThrownBy(
            () ->
                reader.inspect(
                    "a.jpg",
                    10,
                    FileClass.IMAGE,
                    (_, _) -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "a/B.JPG,IMAGE",
    "x.nef,RAW",
    "x.XMP,SIDECAR",
    "x.tar.csv,SPREADSHEET",
    "a.b/c,OTHER",
    "x.sqlite3,DATA",
    "x.pdf,DOCUMENT",
    "jpg,OTHER",
    "x.,OTHER"
  })
  void classifiesByExtension(String path, FileClass expected) {
    assertThat(FileClass.of(path)).isEqualTo(expected);
  }
}
