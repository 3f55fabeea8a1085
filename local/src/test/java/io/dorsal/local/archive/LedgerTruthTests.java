package io.dorsal.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.makernotes.NikonType2MakernoteDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.LedgerEntry.Outcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger against a reader that knows nothing of it. */
class LedgerTruthTests {

  private static final int SAMPLE = 3000;

  /** Values these declare are dropped by rule, or found only with the rules of the spec. */
  private static final Set<Kind> DROPPED =
      EnumSet.of(
          Kind.DATE_1899, Kind.DATE_2099, Kind.GPS_ZERO, Kind.GPS_OUT_OF_RANGE, Kind.XMP_DTD);

  private static final Set<Kind> UNDECODABLE =
      EnumSet.of(
          Kind.CUT_LATE, Kind.PNG_DIMENSION_BOMB, Kind.TIFF_LOOP, Kind.WEBP, Kind.PNG_PROFILE_BOMB);

  @Test
  void aReaderFindsWhatTheLedgerSays() throws Exception {
    DemoArchive archive = DemoArchive.plan(21, SAMPLE);
    int read = 0;
    for (int i = 0; i < SAMPLE; i++) {
      DemoFile file = archive.plan(i);
      byte[] bytes = file.bytes();
      LedgerEntry truth = file.entry("", bytes);
      boolean picture = truth.fileClass() == FileClass.IMAGE || truth.fileClass() == FileClass.RAW;
      if (picture
          && truth.outcome() == Outcome.INSPECTED
          && !DROPPED.contains(Kind.valueOf(file.kind()))) {
        compare(truth, ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes)));
        read++;
      }
    }
    assertThat(read).isGreaterThan(2400);
  }

  @Test
  void picturesDecodeToTheSizeTheLedgerSays() throws IOException {
    DemoArchive archive = DemoArchive.plan(22, 1200);
    int decoded = 0;
    for (int i = 0; i < archive.files(); i++) {
      DemoFile file = archive.plan(i);
      byte[] bytes = file.bytes();
      LedgerEntry truth = file.entry("", bytes);
      if (truth.fileClass() != FileClass.IMAGE
          || truth.outcome() != Outcome.INSPECTED
          || UNDECODABLE.contains(Kind.valueOf(file.kind()))) {
        continue;
      }
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      assertThat(image).as(file.path()).isNotNull();
      assertThat(image.getWidth()).as(file.path()).isEqualTo(truth.width());
      assertThat(image.getHeight()).as(file.path()).isEqualTo(truth.height());
      decoded++;
    }
    assertThat(decoded).isGreaterThan(900);
  }

  @Test
  void whatTheLedgerCallsCorruptHasNothingToRead() {
    DemoArchive archive = DemoArchive.plan(23, SAMPLE);
    int corrupt = 0;
    for (int i = 0; i < SAMPLE; i++) {
      DemoFile file = archive.plan(i);
      if ("CORRUPT".equals(file.entry("", new byte[0]).code())) {
        assertThat(isEmpty(file.bytes())).as(file.kind()).isTrue();
        corrupt++;
      }
    }
    assertThat(corrupt).isGreaterThan(10);
  }

  private static boolean isEmpty(byte[] bytes) {
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes));
      return !metadata.containsDirectoryOfType(ExifIFD0Directory.class);
    } catch (ImageProcessingException | IOException e) {
      return true;
    }
  }

  private static void compare(LedgerEntry truth, Metadata read) {
    Directory main = read.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Directory exif = exif(read);
    assertThat(text(main, ExifIFD0Directory.TAG_MAKE)).as(truth.path()).isEqualTo(truth.make());
    assertThat(text(main, ExifIFD0Directory.TAG_MODEL)).as(truth.path()).isEqualTo(truth.model());
    assertThat(text(main, ExifIFD0Directory.TAG_ARTIST))
        .as(truth.path())
        .isEqualTo(truth.exifArtist());
    assertThat(main == null ? null : main.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
        .as(truth.path())
        .isEqualTo(truth.orientation());
    if (exif != null) {
      assertThat(text(exif, ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL))
          .as(truth.path())
          .isEqualTo(exifDate(truth));
      assertThat(text(exif, ExifSubIFDDirectory.TAG_SUBSECOND_TIME_ORIGINAL))
          .as(truth.path())
          .isEqualTo(truth.subSeconds());
      assertThat(text(exif, ExifSubIFDDirectory.TAG_TIME_ZONE_ORIGINAL))
          .as(truth.path())
          .isEqualTo(truth.offset());
      assertThat(serial(exif, read)).as(truth.path()).isEqualTo(truth.serial());
      comparePosition(truth, read);
    }
    Directory iptc = read.getFirstDirectoryOfType(IptcDirectory.class);
    assertThat(text(iptc, IptcDirectory.TAG_BY_LINE))
        .as(truth.path())
        .isEqualTo(truth.iptcByLine());
    XmpDirectory xmp = read.getFirstDirectoryOfType(XmpDirectory.class);
    String creator = xmp == null ? null : xmp.getXmpProperties().get("dc:creator[1]");
    assertThat(creator).as(truth.path()).isEqualTo(truth.xmpCreator());
  }

  private static void comparePosition(LedgerEntry truth, Metadata read) {
    GpsDirectory gps = read.getFirstDirectoryOfType(GpsDirectory.class);
    if (gps == null) {
      assertThat(truth.latitude()).as(truth.path()).isNull();
      return;
    }
    var position = Objects.requireNonNull(gps.getGeoLocation());
    assertThat(position.getLatitude()).as(truth.path()).isEqualTo(truth.latitude());
    assertThat(position.getLongitude()).as(truth.path()).isEqualTo(truth.longitude());
    Double height = gps.getDoubleObject(GpsDirectory.TAG_ALTITUDE);
    Integer below = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
    Double altitude = height == null || below == null ? null : below == 1 ? -height : height;
    assertThat(altitude).as(truth.path()).isEqualTo(truth.altitude());
  }

  /** A RAW file's sub-directory with the picture is of the same type; only one has a date. */
  private static @Nullable Directory exif(Metadata read) {
    for (ExifSubIFDDirectory directory : read.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
      if (directory.containsTag(ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL)) {
        return directory;
      }
    }
    return null;
  }

  private static @Nullable String serial(Directory exif, Metadata read) {
    String serial = text(exif, ExifSubIFDDirectory.TAG_BODY_SERIAL_NUMBER);
    Directory note = read.getFirstDirectoryOfType(NikonType2MakernoteDirectory.class);
    return serial != null
        ? serial
        : text(note, NikonType2MakernoteDirectory.TAG_CAMERA_SERIAL_NUMBER);
  }

  private static @Nullable String exifDate(LedgerEntry truth) {
    return truth.takenAtLocal() == null ? null : ExifWriter.date(truth.takenAtLocal());
  }

  private static @Nullable String text(@Nullable Directory directory, int tag) {
    String value = directory == null ? null : directory.getString(tag);
    return value == null ? null : value.strip();
  }
}
