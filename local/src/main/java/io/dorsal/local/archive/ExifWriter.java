package io.dorsal.local.archive;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXIF 2.32 directories of a shot. */
final class ExifWriter {

  static final int EXIF_POINTER = 0x8769;
  private static final int GPS_POINTER = 0x8825;

  /** The directories of one file; {@code gps} is null where the file has no position. */
  record Directories(TiffDirectory main, TiffDirectory exif, @Nullable TiffDirectory gps) {

    /** EXIF and GPS, in that order. */
    List<TiffBlock> behindMain() {
      List<TiffBlock> blocks = new ArrayList<>(List.of(exif));
      if (gps != null) {
        blocks.add(gps);
      }
      return blocks;
    }
  }

  private ExifWriter() {}

  /** A TIFF structure with nothing but metadata, as JPEG, PNG and WebP carry it. */
  static byte[] block(Shot shot, boolean gps, int width, int height) {
    ByteOrder order = shot.camera().order();
    Directories made = directories(shot, gps, width, height, order);
    List<TiffBlock> layout = new ArrayList<>(List.of(made.main()));
    layout.addAll(made.behindMain());
    return TiffWriter.write(order, TiffWriter.TIFF, made.main(), layout);
  }

  /** Only DateTime, the date of the last change: never a date of its own. */
  static byte[] changeDateOnly(Shot shot) {
    TiffDirectory main = new TiffDirectory(shot.camera().order());
    main.text(0x010F, shot.camera().make()).text(0x0110, shot.camera().model());
    main.shorts(0x0112, shot.orientation()).text(0x0132, date(shot.taken()));
    return TiffWriter.write(main.order(), TiffWriter.TIFF, main, List.of(main));
  }

  static Directories directories(Shot shot, boolean gps, int width, int height, ByteOrder order) {
    TiffDirectory main = new TiffDirectory(order);
    Camera camera = shot.camera();
    main.text(0x010E, shot.caption()).text(0x010F, camera.make()).text(0x0110, camera.model());
    main.shorts(0x0112, shot.orientation()).rationals(0x011A, 72, 1).rationals(0x011B, 72, 1);
    main.shorts(0x0128, 2).text(0x0132, date(shot.taken()));
    main.text(0x013B, shot.photographer().artist());
    main.text(0x8298, "(c) " + shot.taken().getYear() + " " + shot.photographer().name());
    TiffDirectory exif = exif(shot, width, height, order);
    main.pointer(EXIF_POINTER, exif);
    TiffDirectory position = gps ? gps(shot, order) : null;
    if (position != null) {
      main.pointer(GPS_POINTER, position);
    }
    return new Directories(main, exif, position);
  }

  private static TiffDirectory exif(Shot shot, int width, int height, ByteOrder order) {
    TiffDirectory exif = new TiffDirectory(order);
    Camera camera = shot.camera();
    exif.rationals(0x829A, 1, 500 + shot.number() % 8 * 250L)
        .rationals(0x829D, 56 + shot.number() % 5 * 4L, 10);
    exif.shorts(0x8827, 100 << shot.number() % 5).undefined(0x9000, ascii("0232"));
    exif.text(0x9003, date(shot.taken())).text(0x9004, date(shot.taken()));
    if (shot.offset() != null) {
      exif.text(0x9010, offset(shot.offset())).text(0x9011, offset(shot.offset()));
    }
    exif.text(0x9291, shot.subSeconds()).rationals(0x920A, 100 + shot.number() % 9 * 50L, 1);
    if (camera.serialIn() == Camera.SerialIn.MAKER_NOTE && camera.serial() != null) {
      exif.undefined(0x927C, nikonNote(camera.serial()));
    }
    exif.shorts(0xA001, 1).longs(0xA002, width).longs(0xA003, height);
    exif.text(0xA420, shot.uniqueId()).text(0xA430, shot.photographer().artist());
    if (camera.serialIn() == Camera.SerialIn.EXIF) {
      exif.text(0xA431, camera.serial());
    }
    return exif.text(0xA434, camera.lens());
  }

  private static TiffDirectory gps(Shot shot, ByteOrder order) {
    Position position = shot.position();
    LocalDateTime utc = shot.taken().minusSeconds(shot.site().offset().getTotalSeconds());
    TiffDirectory gps = new TiffDirectory(order).bytes(0, (byte) 2, (byte) 3, (byte) 0, (byte) 0);
    gps.text(1, position.south() ? "S" : "N").rationals(2, angle(position.north()));
    gps.text(3, position.west() ? "W" : "E").rationals(4, angle(position.east()));
    if (position.withAltitude()) {
      gps.bytes(5, (byte) (position.altitudeCm() < 0 ? 1 : 0));
      gps.rationals(6, Math.abs(position.altitudeCm()), 100);
    }
    gps.rationals(7, utc.getHour(), 1, utc.getMinute(), 1, utc.getSecond(), 1);
    gps.text(0x1D, date(utc).substring(0, 10));
    return gps.rationals(0x1F, 30 + shot.number() % 40, 10);
  }

  private static long[] angle(Position.Angle angle) {
    return new long[] {angle.degrees(), 1, angle.minutes(), 1, angle.secondsE4(), 10_000};
  }

  /** Nikon's third maker note: an own TIFF structure behind a ten-byte head. */
  private static byte[] nikonNote(String serial) {
    TiffDirectory note = new TiffDirectory(ByteOrder.BIG_ENDIAN);
    note.undefined(0x0001, ascii("0211")).text(0x001D, serial);
    byte[] tiff = TiffWriter.write(ByteOrder.BIG_ENDIAN, TiffWriter.TIFF, note, List.of(note));
    return new ByteBuilder(ByteOrder.BIG_ENDIAN, 10 + tiff.length)
        .ascii("Nikon\0")
        .u8(2)
        .u8(0x11)
        .u16(0)
        .put(tiff)
        .toBytes();
  }

  static String date(LocalDateTime at) {
    return at.getYear()
        + ":"
        + Shot.two(at.getMonthValue())
        + ":"
        + Shot.two(at.getDayOfMonth())
        + " "
        + Shot.two(at.getHour())
        + ":"
        + Shot.two(at.getMinute())
        + ":"
        + Shot.two(at.getSecond());
  }

  static String offset(ZoneOffset offset) {
    return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
