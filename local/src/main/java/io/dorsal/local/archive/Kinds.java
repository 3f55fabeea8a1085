package io.dorsal.local.archive;

import java.util.List;

/**
 * Which kind each number is: one of every special kind among the first, then by share. Immutable.
 */
final class Kinds {

  /** Every third of the first files is special, the one before it an ordinary photograph. */
  private static final int SPECIAL_EVERY = 3;

  private static final List<Kind> SPECIAL = List.of(Kind.values()).subList(1, Kind.values().length);
  private static final Kind[] DRAW = draw();

  private final Season season;

  Kinds(Season season) {
    this.season = season;
  }

  Kind of(int number) {
    if (number < SPECIAL.size() * SPECIAL_EVERY) {
      boolean special = number % SPECIAL_EVERY == SPECIAL_EVERY - 1;
      return special ? SPECIAL.get(number / SPECIAL_EVERY) : Kind.PHOTO;
    }
    Kind kind = DRAW[season.random(3, number).nextInt(DRAW.length)];
    if (kind.isRaw()) {
      return kind == Kind.ORF_FAR_EXIF ? kind : rawOf(season.shot(number).camera());
    }
    // A twin needs a photograph before it to be the twin of.
    return kind == Kind.CASE_TWIN && of(number - 1) != Kind.PHOTO ? Kind.PHOTO : kind;
  }

  /** True if this RAW and the JPEG before it are one shot. */
  boolean isCompanion(int number) {
    Kind kind = of(number);
    return kind.isRaw()
        && number > 0
        && of(number - 1) == Kind.PHOTO
        && fits(kind, season.shot(number - 1).camera());
  }

  /** True if a sidecar of the same base name follows. */
  boolean hasSidecar(int number) {
    return of(number + 1) == Kind.SIDECAR
        || (of(number) == Kind.PHOTO && isCompanion(number + 1) && of(number + 2) == Kind.SIDECAR);
  }

  /** The photograph that a copy is a copy of. */
  int original(int number) {
    int candidate = number - 1 - season.random(4, number).nextInt(Math.min(number, 4000));
    while (of(candidate) != Kind.PHOTO) {
      candidate--;
    }
    return candidate;
  }

  /** Whether a camera (or, for DNG, a converter) writes this format. */
  static boolean fits(Kind raw, Camera camera) {
    return raw == Kind.DNG
        || rawOf(camera) == raw
        || (raw == Kind.ORF_FAR_EXIF && rawOf(camera) == Kind.ORF);
  }

  private static Kind rawOf(Camera camera) {
    if (camera.make().startsWith("NIKON")) {
      return Kind.NEF;
    }
    return camera.make().startsWith("OLYMPUS") ? Kind.ORF : Kind.DNG;
  }

  private static Kind[] draw() {
    Kind[] kinds = new Kind[10_000];
    int at = 0;
    for (Kind kind : Kind.values()) {
      for (int share = 0; share < kind.share(); share++) {
        kinds[at++] = kind;
      }
    }
    while (at < kinds.length) {
      kinds[at++] = Kind.PHOTO;
    }
    return kinds;
  }
}
