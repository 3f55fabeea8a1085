package io.dorsal.discovery.metadata;

import static io.dorsal.discovery.metadata.SampleFile.chunk;
import static io.dorsal.discovery.metadata.SampleFile.deflate;
import static io.dorsal.discovery.metadata.SampleFile.exif;
import static io.dorsal.discovery.metadata.SampleFile.extension;
import static io.dorsal.discovery.metadata.SampleFile.iptc;
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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Valid files, changed and cut at random: every one must end within its budget, without a throw.
 */
class HostileBytesTests {

  private static final int ROUNDS = 20_000;

  @SuppressWarnings("ArrayRecordComponent")
  private record Seed(String path, byte[] bytes) {}

  @Test
  void survivesTwentyThousandMutations() throws Exception {
    List<Seed> seeds = seeds();
    Random random = new Random(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      Seed seed = seeds.get(round % seeds.size());
      byte[] bytes = mutate(seed.bytes, random);
      long size =
          random.nextInt(4) == 0 ? bytes.length + random.nextLong(400_000_000) : bytes.length;
      check(seed.path, bytes, size, "round " + round);
    }
  }

  @Test
  void survivesEveryCut() throws Exception {
    for (Seed seed : seeds()) {
      for (int length = 0; length < seed.bytes.length; length += 1 + length / 40) {
        check(seed.path, Arrays.copyOf(seed.bytes, length), length, "cut at " + length);
      }
    }
  }

  @Test
  void directoryBehindTheEndIsCorruptAndOneBehindTwoGigabytesIsLeft() throws Exception {
    byte[] bytes = latin("MM\0*\u00ff\u00ff\u00ff\u00f0");
    assertThat(new SampleFile(bytes, 8).inspect("far.tif").code()).isEqualTo("CORRUPT");
    Inspection large = new SampleFile(bytes, 5L << 30).inspect("large.tif");
    assertThat(large.code()).isNull();
    assertThat(large.notes()).containsExactly(Note.METADATA_TRUNCATED);
  }

  private static void check(String path, byte[] bytes, long size, String what) {
    SampleFile file = new SampleFile(bytes, size);
    Inspection inspection;
    try {
      inspection = file.inspect(path);
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(path + ", " + what, e);
    }
    assertThat(inspection.ranges()).as(what).isLessThanOrEqualTo(9);
    long budget = path.endsWith(".xmp") ? 4 << 20 : 2 << 20;
    assertThat(inspection.bytesRead()).as(what).isLessThanOrEqualTo(budget);
    for (var tag : inspection.tags().asMap().entrySet()) {
      assertThat(tag.getValue()).as(what).hasSizeLessThanOrEqualTo(2_000).doesNotContain("\0");
    }
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = (byte) 0xFF;
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) random.nextInt());
      }
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static List<Seed> seeds() {
    byte[] note = new SampleTiff(LITTLE_ENDIAN).withCamera().build();
    SampleTiff nikon = new SampleTiff(BIG_ENDIAN).withPosition();
    nikon.main.text(0x10F, "NIKON CORPORATION");
    nikon.exif.bytes(0x927C, 7, join(latin("Nikon\0\2\20\0\0"), note));
    SampleTiff olympus = new SampleTiff(LITTLE_ENDIAN, "IIRO").withPosition();
    olympus.main.text(0x10F, "OLYMPUS").longs(0x14A, 8, 40);
    olympus.exif.bytes(0x927C, 7, join(latin("OLYMPUS\0II\3\0"), new byte[40], note));
    byte[] camera = SampleTiff.camera(BIG_ENDIAN).withPosition().build();
    String packet =
        packet(
            "photoshop:City='Oban'",
            "<dc:subject><rdf:Bag><rdf:li>a</rdf:li></rdf:Bag></dc:subject>");
    List<Seed> seeds = new ArrayList<>();
    seeds.add(new Seed("a.jpg", jpeg(9, 9, exif(nikon), iptc(80, "A", 25, "b"), xmp(packet))));
    String digest = "0123456789ABCDEF".repeat(2);
    byte[] main = xmp(packet("xmpNote:HasExtendedXMP='" + digest + "'", ""));
    byte[] more = utf8(packet);
    byte[] first = extension(digest, more.length, 0, Arrays.copyOf(more, 100));
    byte[] rest = extension(digest, more.length, 100, Arrays.copyOfRange(more, 100, more.length));
    seeds.add(new Seed("extended.jpg", jpeg(9, 9, rest, main, first)));
    seeds.add(new Seed("a.orf", olympus.build(64)));
    seeds.add(
        new Seed("a.dng", new SampleTiff(LITTLE_ENDIAN).withCamera().withPosition().build(500)));
    byte[] zipped =
        chunk("zTXt", join(latin("Raw profile type exif\0\0"), deflate(latin("\nexif\n1\nff"))));
    byte[] text = chunk("iTXt", join(latin("XML:com.adobe.xmp\0\0\0\0\0"), utf8(packet)));
    seeds.add(new Seed("a.png", png(9, 9, chunk("eXIf", camera), zipped, text)));
    seeds.add(
        new Seed(
            "a.webp",
            webp(riff("VP8X", new byte[10]), riff("EXIF", camera), riff("XMP ", utf8(packet)))));
    byte[] infe = SampleFile.box("infe", latin("\2\0\0\0\0\7\0\0Exif\0"));
    byte[] iloc = SampleFile.box("iloc", latin("\0\0\0\0\104\0\0\1\0\7\0\0\0\1\0\0\0\140\0\0\1\0"));
    byte[] meta =
        SampleFile.box(
            "meta", new byte[4], SampleFile.box("iinf", latin("\0\0\0\0\0\1"), infe), iloc);
    seeds.add(
        new Seed(
            "a.heic",
            join(SampleFile.box("ftyp", latin("heic\0\0\0\0")), meta, new byte[8], camera)));
    seeds.add(new Seed("a.xmp", utf8(packet)));
    byte[] end =
        join(
            latin("PK\5\6"), new byte[8], SampleFile.little(46), SampleFile.little(4), new byte[2]);
    seeds.add(new Seed("a.xlsx", join(latin("PK\3\4"), latin("PK\1\2"), new byte[42], end)));
    return seeds;
  }
}
