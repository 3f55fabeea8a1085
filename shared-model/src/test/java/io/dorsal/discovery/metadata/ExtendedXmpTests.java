package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.MetadataReaderTests.image;
import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.extension;
import static io.dorsal.discovery.metadata.SampleFile.inspect;
import static io.dorsal.discovery.metadata.SampleFile.iptc;
import static io.dorsal.discovery.metadata.SampleFile.jpeg;
import static io.dorsal.discovery.metadata.SampleFile.packet;
import static io.dorsal.discovery.metadata.SampleFile.segment;
import static io.dorsal.discovery.metadata.SampleFile.utf8;
import static io.dorsal.discovery.metadata.SampleFile.xmp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XMP that a JPEG's first packet has no room for; the rest of the file never suffers from it. */
class ExtendedXmpTests {

  private static final String DIGEST = "0123456789ABCDEF0123456789ABCDEF";
  private static final String OTHER = "FEDCBA9876543210FEDCBA9876543210";
  private static final byte[] MAIN =
      xmp(packet("photoshop:City='Oban' xmpNote:HasExtendedXMP='" + DIGEST + "'", ""));

  @Test
  void isReadBehindTheFirstPacketWhoseValuesStay() throws Exception {
    byte[] more = utf8(packet("photoshop:City='Mull' photoshop:Country='Scotland'", ""));
    int half = more.length / 2;
    Inspection inspection =
        inspect(
            "a.jpg",
            jpeg(9, 9, MAIN, part(more, 0, half), part(more, half, more.length), iptc(25, "k")));
    assertThat(image(inspection).place().city()).isEqualTo("Oban");
    assertThat(image(inspection).place().country()).isEqualTo("Scotland");
    assertThat(image(inspection).content().keywords()).containsExactly("k");
    assertThat(inspection.tags().asMap())
        .containsEntry("XMP:photoshop:Country", "Scotland")
        .doesNotContainKey("XMP:xmpNote:HasExtendedXMP");
    assertThat(inspection.notes()).isEmpty();
  }

  // A writer that knows nothing of it may order the segments anew.
  @Test
  void partsStandInAnyOrderAlsoBeforeTheFirstPacket() throws Exception {
    byte[] more = more();
    int half = more.length / 2;
    Inspection inspection =
        inspect("a.jpg", jpeg(9, 9, part(more, half, more.length), MAIN, part(more, 0, half)));
    assertThat(image(inspection).place().country()).isEqualTo("Scotland");
    assertThat(inspection.notes()).isEmpty();
  }

  @Test
  void whatTheFirstPacketDoesNotNameBelongsToNobody() throws Exception {
    byte[] more = more();
    byte[] foreign = extension(OTHER, more.length, 0, more);
    for (byte[] main : List.of(MAIN, xmp(packet("photoshop:City='Oban'", "")))) {
      Inspection inspection = inspect("a.jpg", jpeg(9, 9, main, foreign));
      assertThat(image(inspection).place().country()).isNull();
      assertThat(image(inspection).place().city()).isEqualTo("Oban");
      assertThat(inspection.notes()).isEmpty();
    }
    Inspection both = inspect("a.jpg", jpeg(9, 9, MAIN, foreign, part(more, 0, more.length)));
    assertThat(image(both).place().country()).isEqualTo("Scotland");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"overlap", "gap", "cut", "too long", "other length", "other place", "no room"})
  void partsThatDoNotFitCostNothingButThemselves(String fault) throws Exception {
    byte[] more = more();
    int half = more.length / 2;
    byte[] rest = java.util.Arrays.copyOfRange(more, half, more.length);
    List<byte[]> segments =
        switch (fault) {
          case "overlap" -> List.of(part(more, 0, half + 1), part(more, half, more.length));
          case "gap" -> List.of(part(more, 0, half - 1), part(more, half, more.length));
          case "cut" -> List.of(part(more, 0, half));
          case "too long" -> List.of(extension(DIGEST, more.length - 1, 0, more));
          case "other length" ->
              List.of(part(more, 0, half), extension(DIGEST, more.length + 1, half, rest));
          case "other place" ->
              List.of(part(more, 0, half), extension(DIGEST, more.length, half + 1, rest));
          default -> List.of(extension(DIGEST, 4 << 20, 0xFFFF_FFFFL, more));
        };
    List<byte[]> all = new ArrayList<>(List.of(exif(SampleTiff.camera(BIG_ENDIAN)), MAIN));
    all.addAll(segments);
    all.add(iptc(25, "k"));
    Inspection inspection = inspect("a.jpg", jpeg(9, 9, all.toArray(byte[][]::new)));
    assertThat(inspection.notes()).containsExactly(Note.CORRUPT);
    assertThat(image(inspection).place().country()).isNull();
    assertThat(image(inspection).place().city()).isEqualTo("Oban");
    assertThat(image(inspection).content().keywords()).containsExactly("k");
    assertThat(image(inspection).taken()).isNotNull();
    assertThat(image(inspection).width()).isEqualTo(9);
  }

  @Test
  void oneOfMoreThanFourMebibytesOrWithADocumentTypeIsRefused() throws Exception {
    byte[] more = more();
    byte[] evil = utf8("<!DOCTYPE x [<!ENTITY a \"b\">]>" + packet("photoshop:State='&a;'", ""));
    for (byte[] refused :
        List.of(
            extension(DIGEST, (4 << 20) + 1, 0, more),
            extension(DIGEST, 0xFFFF_FFFFL, 0, more),
            extension(DIGEST, evil.length, 0, evil))) {
      Inspection inspection = inspect("a.jpg", jpeg(9, 9, MAIN, refused));
      assertThat(inspection.notes()).containsExactly(Note.XMP_REFUSED);
      assertThat(image(inspection).place().city()).isEqualTo("Oban");
      assertThat(image(inspection).place().country()).isNull();
    }
    Inspection foreign =
        inspect("a.jpg", jpeg(9, 9, MAIN, extension(OTHER, 0xFFFF_FFFFL, 0, more)));
    assertThat(foreign.notes()).isEmpty();
  }

  @Test
  void headersThatAreCutAreNobodys() throws Exception {
    byte[] whole = extension(DIGEST, 9, 0, new byte[0]);
    for (int length = 4 + ExtendedXmp.SIGNATURE.length(); length < whole.length; length++) {
      byte[] body = java.util.Arrays.copyOfRange(whole, 4, length);
      Inspection inspection = inspect("a.jpg", jpeg(9, 9, MAIN, segment(0xE1, body)));
      assertThat(image(inspection).place().city()).isEqualTo("Oban");
      assertThat(inspection.notes()).isEmpty();
    }
  }

  @Test
  void isReadWithinTheFilesRangesOrLeft() throws Exception {
    Inspection whole = new SampleFile(large(590_000), 9_000_000).inspect("a.jpg");
    assertThat(image(whole).place().country()).isEqualTo("Scotland");
    assertThat(image(whole).width()).isEqualTo(9);
    assertThat(whole.notes()).isEmpty();
    assertThat(whole.ranges()).isBetween(2, 9);

    Inspection left = new SampleFile(large(1_500_000), 9_000_000).inspect("a.jpg");
    assertThat(image(left).place().country()).isNull();
    assertThat(image(left).place().city()).isEqualTo("Oban");
    assertThat(left.notes()).containsExactly(Note.METADATA_TRUNCATED);
    assertThat(left.ranges()).isLessThanOrEqualTo(9);
    assertThat(left.bytesRead()).isLessThanOrEqualTo(2 << 20);
  }

  private static byte[] more() {
    return utf8(packet("photoshop:Country='Scotland'", ""));
  }

  private static byte[] part(byte[] packet, int from, int to) {
    byte[] part = java.util.Arrays.copyOfRange(packet, from, to);
    return extension(DIGEST, packet.length, from, part);
  }

  /** With an extended packet of at least so many bytes, in segments as long as they may be. */
  private static byte[] large(int bytes) {
    byte[] more =
        utf8(packet("photoshop:Country='Scotland'", "<dc:x>" + "y".repeat(bytes) + "</dc:x>"));
    List<byte[]> segments = new ArrayList<>(List.of(MAIN));
    for (int at = 0; at < more.length; at += 65_458) {
      segments.add(part(more, at, Math.min(more.length, at + 65_458)));
    }
    return jpeg(9, 9, segments.toArray(byte[][]::new));
  }
}
