package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.Shot.Parts;
import java.util.Arrays;

/** Files that went wrong on the way, and junk that never was a picture. */
final class Broken {

  private Broken() {}

  static Content of(Kind kind, Shot shot) {
    return switch (kind) {
      case EMPTY -> new Content(Truth.unreadable(FileClass.IMAGE, "EMPTY_FILE"), () -> new byte[0]);
      case CUT_EARLY -> new Content(corrupt(), () -> cutEarly(shot));
      case CUT_LATE -> cutLate(shot);
      case RANDOM_BYTES -> new Content(corrupt(), () -> random(shot));
      case JPEG_NAMED_PNG ->
          new Content(
              Photos.truth(shot).shot(shot, Parts.EXIF_ONLY).notes("EXTENSION_MISMATCH"),
              () -> Photos.bytes(shot, Parts.EXIF_ONLY));
      case JUNK_THUMBS, JUNK_DS_STORE, JUNK_OFFICE_LOCK, JUNK_MACOSX ->
          new Content(Truth.excluded(), () -> Pixels.noise(shot.number(), 512));
      case FOLDER_MARKER, FOLDER_MARKER_SLASH -> new Content(Truth.excluded(), () -> new byte[0]);
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  private static Truth corrupt() {
    return Truth.unreadable(FileClass.IMAGE, "CORRUPT");
  }

  /** Ends inside EXIF, before its first directory: the transfer broke at once. */
  private static byte[] cutEarly(Shot shot) {
    return Arrays.copyOf(Photos.bytes(shot, Parts.EXIF_ONLY), 12 + shot.number() % 8);
  }

  /** Ends in the picture: everything said before it is still there. */
  private static Content cutLate(Shot shot) {
    return new Content(
        Photos.truth(shot).shot(shot, Parts.EXIF_ONLY).notes("CORRUPT"),
        () -> {
          byte[] whole = Photos.bytes(shot, Parts.EXIF_ONLY);
          return Arrays.copyOf(whole, whole.length * 3 / 4);
        });
  }

  private static byte[] random(Shot shot) {
    byte[] bytes = Pixels.noise(shot.number(), 20_000 + shot.number() % 10_000);
    // No format starts like this, whatever the seed.
    bytes[0] = (byte) 0x9D;
    bytes[1] = 0x5A;
    return bytes;
  }
}
