package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.Shot.Parts;
import java.time.LocalDateTime;
import java.util.function.Supplier;

/** JPEG photographs, with the metadata their photographers leave in them. */
final class Photos {

  private static final int PREVIEW = 100 * 1024;
  private static final int FOREIGN = 80 * 1024;

  private Photos() {}

  /** An ordinary photograph; {@code library} if a photo library wrote XMP into it. */
  static Content ordinary(Shot shot, boolean library) {
    return photo(shot, parts(shot, library, true));
  }

  /** A few KB: a thumbnail with the EXIF of a photograph. */
  static Content light(Shot shot) {
    Pixels.Body body = Pixels.small("jpg", shot.number());
    Truth truth =
        Truth.inspected(FileClass.IMAGE)
            .pixels(body.width(), body.height())
            .shot(shot, Parts.EXIF_ONLY);
    return new Content(
        truth,
        () ->
            new JpegWriter(body.bytes().length + 8192)
                .exif(ExifWriter.block(shot, true, body.width(), body.height()))
                .image(body.bytes()));
  }

  static Content of(Kind kind, Shot shot) {
    return switch (kind) {
      case PHOTO_NO_EXIF -> photo(shot, Parts.NONE);
      case PHOTO_NO_GPS -> photo(shot, parts(shot, false, false));
      case PHOTO_EXIF_BEYOND_64_KIB -> pushedBack(shot);
      case PHOTO_LARGE_PREVIEW -> preview(shot);
      case XMP_DTD -> refusedXmp(shot);
      case DATE_1899 -> wrongDate(shot.takenAt(LocalDateTime.of(1899, 12, 30, 0, 0, 0)));
      case DATE_2099 -> wrongDate(shot.takenAt(LocalDateTime.of(2099, 1, 1, 12, 0, 0)));
      case DATE_CAMERA_RESET -> reset(shot);
      case DATE_OF_CHANGE_ONLY -> changeDate(shot);
      case GPS_ZERO -> wrongPosition(shot.at(Position.of(0, 0, 0).withoutAltitude()), "GPS_NULL");
      case GPS_OUT_OF_RANGE ->
          wrongPosition(shot.at(Position.of(95.25, -126.5, 0).withoutAltitude()), "GPS_INVALID");
      default -> photo(shot, parts(shot, false, true));
    };
  }

  /** The bytes of a photograph with the given blocks. */
  static byte[] bytes(Shot shot, Parts parts) {
    Pixels.Body body = Pixels.jpeg(shot.number());
    JpegWriter jpeg = new JpegWriter(body.bytes().length + 8192);
    if (parts.exif()) {
      jpeg.exif(ExifWriter.block(shot, parts.gps(), body.width(), body.height()));
    } else {
      // Keeps files without metadata apart from one another: they share few bodies.
      jpeg.comment("demo " + shot.uniqueId());
    }
    if (parts.iptc()) {
      jpeg.iptc(IptcWriter.block(shot));
    }
    if (parts.xmp()) {
      jpeg.xmp(XmpWriter.packet(shot));
    }
    return jpeg.image(body.bytes());
  }

  static Truth truth(Shot shot) {
    return Truth.inspected(FileClass.IMAGE)
        .pixels(Pixels.width(shot.number()), Pixels.height(shot.number()));
  }

  private static Content photo(Shot shot, Parts parts) {
    return new Content(truth(shot).shot(shot, parts), () -> bytes(shot, parts));
  }

  private static Parts parts(Shot shot, boolean library, boolean gps) {
    Photographer person = shot.photographer();
    boolean captioned = person.byLine() != null && shot.number() % 5 != 0;
    boolean inLibrary = library || (person.creator() != null && shot.number() % 3 != 0);
    return new Parts(true, gps, captioned, inLibrary);
  }

  private static Content pushedBack(Shot shot) {
    return exifOnly(
        shot, true, jpeg -> jpeg.foreign(Pixels.noise(shot.number(), FOREIGN)), jpeg -> jpeg);
  }

  private static Content preview(Shot shot) {
    Supplier<byte[]> bytes =
        () -> {
          byte[] shown = new byte[PREVIEW];
          byte[] body = Pixels.jpeg(shot.number() + 1).bytes();
          System.arraycopy(body, 0, shown, 0, Math.min(body.length, PREVIEW));
          return assemble(shot, true, jpeg -> jpeg, jpeg -> jpeg.preview(shown));
        };
    return new Content(truth(shot).shot(shot, Parts.EXIF_ONLY), bytes);
  }

  private static Content refusedXmp(Shot shot) {
    Content content =
        exifOnly(shot, true, jpeg -> jpeg, jpeg -> jpeg.xmp(XmpWriter.packetWithDtd(shot)));
    content.truth().notes("XMP_REFUSED");
    return content;
  }

  private static Content wrongDate(Shot shot) {
    Content content = exifOnly(shot, false, jpeg -> jpeg, jpeg -> jpeg);
    content.truth().withoutDate().notes("DATE_IMPLAUSIBLE");
    return content;
  }

  private static Content reset(Shot shot) {
    int year = shot.number() % 3 == 0 ? 1980 : shot.number() % 3 == 1 ? 2000 : 2020;
    Shot unset = shot.takenAt(LocalDateTime.of(year, 1, 1, 0, shot.number() % 10, 0));
    Content content = exifOnly(unset, false, jpeg -> jpeg, jpeg -> jpeg);
    content.truth().notes("CLOCK_SUSPECT");
    return content;
  }

  private static Content wrongPosition(Shot shot, String note) {
    Content content = exifOnly(shot, true, jpeg -> jpeg, jpeg -> jpeg);
    content.truth().withoutPosition().notes(note);
    return content;
  }

  private static Content changeDate(Shot shot) {
    Supplier<byte[]> bytes =
        () ->
            new JpegWriter(80_000)
                .exif(ExifWriter.changeDateOnly(shot))
                .comment("demo " + shot.uniqueId())
                .image(Pixels.jpeg(shot.number()).bytes());
    return new Content(truth(shot).camera(shot), bytes);
  }

  private interface Splice {
    JpegWriter into(JpegWriter jpeg);
  }

  private static Content exifOnly(Shot shot, boolean gps, Splice before, Splice after) {
    Truth truth = truth(shot).shot(shot, new Parts(true, gps, false, false));
    return new Content(truth, () -> assemble(shot, gps, before, after));
  }

  private static byte[] assemble(Shot shot, boolean gps, Splice before, Splice after) {
    Pixels.Body body = Pixels.jpeg(shot.number());
    byte[] exif = ExifWriter.block(shot, gps, body.width(), body.height());
    JpegWriter jpeg = before.into(new JpegWriter(body.bytes().length + 8192)).exif(exif);
    return after.into(jpeg).image(body.bytes());
  }
}
