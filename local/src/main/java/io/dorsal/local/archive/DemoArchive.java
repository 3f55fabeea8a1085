package io.dorsal.local.archive;

import java.util.Objects;

/**
 * A wildlife photo archive that exists as a plan: file {@code i} of seed {@code s} is always the
 * same, whoever asks, in whatever order, from whatever thread. Immutable and thread-safe.
 *
 * <p>From 180 files on every special kind of file is there at least once.
 */
public final class DemoArchive {

  /** The days of sixteen years are used up beyond this. */
  public static final int MOST_FILES = 1_000_000;

  private final long seed;
  private final int files;
  private final boolean light;
  private final Season season;
  private final Kinds kinds;
  private final Paths paths;

  private DemoArchive(long seed, int files, boolean light) {
    this.seed = seed;
    this.files = files;
    this.light = light;
    season = new Season(seed);
    kinds = new Kinds(season);
    paths = new Paths(season, kinds);
  }

  /**
   * Plans an archive; costs nothing, whatever its size.
   *
   * @param files 1 to {@value #MOST_FILES}
   * @throws IllegalArgumentException for any other number of files
   */
  public static DemoArchive plan(long seed, int files) {
    return new DemoArchive(seed, checked(files), false);
  }

  /**
   * Plans an archive of photographs of a few KB each, one in a hundred of them empty: where the
   * number of files matters and not what is in them.
   *
   * @param files 1 to {@value #MOST_FILES}
   * @throws IllegalArgumentException for any other number of files
   */
  public static DemoArchive light(long seed, int files) {
    return new DemoArchive(seed, checked(files), true);
  }

  private static int checked(int files) {
    if (files < 1 || files > MOST_FILES) {
      throw new IllegalArgumentException("files must be 1 to " + MOST_FILES + ": " + files);
    }
    return files;
  }

  public long seed() {
    return seed;
  }

  public int files() {
    return files;
  }

  /**
   * Plans one file; its bytes are not made yet.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException outside 0 to {@link #files()} - 1
   */
  public DemoFile plan(int index) {
    Objects.checkIndex(index, files);
    if (light) {
      return lightPlan(index);
    }
    Kind kind = kinds.of(index);
    Shot shot = shot(kind, index);
    String path = paths.of(kind, index, shot);
    if (kind != Kind.COPY && kind != Kind.CASE_TWIN) {
      return new DemoFile(index, path, kind, content(kind, index, shot), null);
    }
    if (kind == Kind.CASE_TWIN) {
      return new DemoFile(index, path, kind, content(kind, index, season.shot(index)), null);
    }
    int original = kinds.original(index);
    Content content = content(Kind.PHOTO, original, season.shot(original));
    String twin = paths.of(Kind.PHOTO, original, season.shot(original));
    return new DemoFile(index, path, kind, content, twin);
  }

  private DemoFile lightPlan(int index) {
    Shot shot = season.shot(index);
    Kind kind = index % 100 == 7 ? Kind.EMPTY : Kind.PHOTO;
    Content content = kind == Kind.EMPTY ? Broken.of(kind, shot) : Photos.light(shot);
    return new DemoFile(index, paths.of(kind, index, shot), kind, content, null);
  }

  /** The shot that gives the file its name: for companions, sidecars and twins the one before. */
  private Shot shot(Kind kind, int index) {
    if (kind == Kind.CASE_TWIN || kinds.isCompanion(index)) {
      return season.shot(index - 1);
    }
    if (kind == Kind.SIDECAR && index > 0) {
      Kind before = kinds.of(index - 1);
      if (before == Kind.PHOTO || before.isRaw()) {
        return shot(before, index - 1);
      }
    }
    Shot own = season.shot(index);
    return kind.isRaw() && !Kinds.fits(kind, own.camera()) ? own.with(Cast.cameraFor(kind)) : own;
  }

  private Content content(Kind kind, int index, Shot shot) {
    return switch (kind) {
      case PHOTO -> Photos.ordinary(shot, kinds.hasSidecar(index));
      case DNG, NEF, ORF, ORF_FAR_EXIF -> Containers.raw(kind, shot, kinds.hasSidecar(index));
      case TIFF, TIFF_FAR_IFD -> Containers.tiff(kind, shot);
      case TIFF_LOOP -> Containers.loop(shot);
      case PNG_EXIF,
          PNG_XMP,
          PNG_NAMED_JPG,
          PNG_DIMENSION_BOMB,
          PNG_TEXT_BOMB,
          PNG_PROFILE_BOMB,
          WEBP,
          GIF,
          BMP ->
          OtherImages.of(kind, shot);
      case XLSX,
          XLSX_BOMB,
          CSV,
          TEXT,
          PDF,
          SQLITE,
          OTHER,
          SIDECAR,
          NAME_TRAILING_DOT,
          NAME_TRAILING_BLANK ->
          Papers.of(kind, shot);
      case EMPTY,
          CUT_EARLY,
          CUT_LATE,
          RANDOM_BYTES,
          JPEG_NAMED_PNG,
          JUNK_THUMBS,
          JUNK_DS_STORE,
          JUNK_OFFICE_LOCK,
          JUNK_MACOSX,
          FOLDER_MARKER,
          FOLDER_MARKER_SLASH ->
          Broken.of(kind, shot);
      default -> Photos.of(kind, shot);
    };
  }
}
