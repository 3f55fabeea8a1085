package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.Shot.Parts;
import java.nio.ByteOrder;
import java.util.Arrays;

/** PNG, WebP, GIF and BMP. */
final class OtherImages {

  private static final int INFLATED_TEXT = 5 << 20;
  private static final int INFLATED_PROFILE = 6 << 20;

  private OtherImages() {}

  static Content of(Kind kind, Shot shot) {
    Truth truth = Truth.inspected(FileClass.IMAGE).pixels(160, 120);
    return switch (kind) {
      case PNG_EXIF -> new Content(truth.shot(shot, Parts.EXIF_ONLY), () -> exifPng(shot).finish());
      case PNG_TEXT_BOMB ->
          new Content(
              truth.shot(shot, Parts.EXIF_ONLY).notes("INFLATE_LIMIT"),
              () -> exifPng(shot).compressedText(INFLATED_TEXT).finish());
      case PNG_PROFILE_BOMB ->
          new Content(
              truth.shot(shot, Parts.EXIF_ONLY).notes("INFLATE_LIMIT"),
              () -> png(shot).compressedProfile(INFLATED_PROFILE).exif(exif(shot)).finish());
      case PNG_XMP ->
          new Content(
              truth.shot(shot, Parts.XMP_ONLY).xmpPosition(shot.position()),
              () -> png(shot).xmp(XmpWriter.packetWithPosition(shot)).finish());
      case PNG_NAMED_JPG ->
          new Content(
              truth.shot(shot, Parts.EXIF_ONLY).notes("EXTENSION_MISMATCH"),
              () -> exifPng(shot).finish());
      case PNG_DIMENSION_BOMB -> declared(shot);
      case WEBP ->
          new Content(truth.shot(shot, new Parts(true, true, false, true)), () -> webp(shot));
      case GIF -> new Content(truth, () -> gif(shot));
      case BMP -> new Content(truth, () -> bmp(shot));
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  private static Content declared(Shot shot) {
    Truth truth = Truth.inspected(FileClass.IMAGE).pixels(60_000, 60_000);
    truth.notes("DIMENSIONS_IMPLAUSIBLE");
    return new Content(truth, () -> PngWriter.declaring(60_000, 60_000, shot.uniqueId()));
  }

  private static PngWriter png(Shot shot) {
    return new PngWriter(Pixels.small("png", shot.number()).bytes())
        .text("Software", "Dorsal demo archive");
  }

  private static PngWriter exifPng(Shot shot) {
    return png(shot).exif(exif(shot));
  }

  private static byte[] exif(Shot shot) {
    return ExifWriter.block(shot, true, 160, 120);
  }

  private static byte[] webp(Shot shot) {
    return WebpWriter.write(160, 120, shot.number(), exif(shot), XmpWriter.packet(shot));
  }

  /** A comment before the trailer keeps the few bodies apart. */
  private static byte[] gif(Shot shot) {
    byte[] body = Pixels.small("gif", shot.number()).bytes();
    String comment = shot.uniqueId();
    return new ByteBuilder(ByteOrder.LITTLE_ENDIAN, body.length + 64)
        .put(body, 0, body.length - 1)
        .u8(0x21)
        .u8(0xFE)
        .u8(comment.length())
        .ascii(comment)
        .u8(0)
        .u8(0x3B)
        .toBytes();
  }

  /** The header's four reserved bytes keep the few bodies apart. */
  private static byte[] bmp(Shot shot) {
    byte[] body = Pixels.small("bmp", shot.number()).bytes();
    byte[] copy = Arrays.copyOf(body, body.length);
    byte[] number = new ByteBuilder(ByteOrder.LITTLE_ENDIAN, 16).u32(shot.number()).toBytes();
    System.arraycopy(number, 0, copy, 6, 4);
    return copy;
  }
}
