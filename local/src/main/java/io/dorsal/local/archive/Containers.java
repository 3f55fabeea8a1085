package io.dorsal.local.archive;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import io.dorsal.local.archive.Shot.Parts;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** TIFF and the RAW formats built on it. */
final class Containers {

  private static final int SUB_DIRECTORIES = 0x014A;
  private static final int XMP = 0x02BC;
  private static final int RAW_WIDTH = 320;
  private static final int RAW_HEIGHT = 240;

  /** Where the EXIF of {@link Kind#ORF_FAR_EXIF} lies: 300 KiB, exactly. */
  static final int FAR = 300 * 1024;

  private Containers() {}

  static Content tiff(Kind kind, Shot shot) {
    boolean far = kind == Kind.TIFF_FAR_IFD;
    int width = far ? 240 : 160;
    int height = far ? 200 : 120;
    Parts parts = new Parts(true, true, false, shot.photographer().creator() != null);
    Truth truth = Truth.inspected(FileClass.IMAGE).pixels(width, height).shot(shot, parts);
    return new Content(truth, () -> tiff(shot, parts.xmp(), width, height, far, false));
  }

  /** A TIFF whose directory names itself as the next one. */
  static Content loop(Shot shot) {
    Truth truth = Truth.inspected(FileClass.IMAGE).pixels(160, 120).shot(shot, Parts.EXIF_ONLY);
    return new Content(truth, () -> tiff(shot, false, 160, 120, false, true));
  }

  static Content raw(Kind kind, Shot shot, boolean library) {
    Parts parts = new Parts(true, true, false, library);
    boolean far = kind == Kind.ORF_FAR_EXIF;
    int width = far ? 480 : RAW_WIDTH;
    int height = far ? 310 : RAW_HEIGHT;
    Truth truth = Truth.inspected(FileClass.RAW).pixels(width, height).shot(shot, parts);
    return new Content(
        truth,
        () ->
            switch (kind) {
              case ORF, ORF_FAR_EXIF -> orf(shot, width, height, far, library);
              default -> withSubDirectory(kind, shot, library);
            });
  }

  private static byte[] tiff(
      Shot shot, boolean library, int width, int height, boolean far, boolean loop) {
    ByteOrder order = shot.camera().order();
    ExifWriter.Directories made = ExifWriter.directories(shot, true, width, height, order);
    TiffDirectory main = made.main();
    TiffBlock.Data strips = new TiffBlock.Data(Pixels.rgb(shot.number(), width, height));
    color(main, strips, width, height);
    if (library) {
      main.bytes(XMP, XmpWriter.packet(shot));
    }
    if (loop) {
      main.next(main);
    }
    List<TiffBlock> layout = new ArrayList<>(List.of(main));
    layout.addAll(made.behindMain());
    layout.add(far ? 0 : layout.size(), strips);
    return TiffWriter.write(order, TiffWriter.TIFF, main, layout);
  }

  /** DNG and NEF: a thumbnail in front, the picture in a sub-directory, EXIF behind the pixels. */
  private static byte[] withSubDirectory(Kind kind, Shot shot, boolean library) {
    ByteOrder order = shot.camera().order();
    ExifWriter.Directories made = ExifWriter.directories(shot, true, RAW_WIDTH, RAW_HEIGHT, order);
    TiffDirectory main = made.main().longs(0x00FE, 1);
    TiffBlock.Data thumbnail = new TiffBlock.Data(Pixels.rgb(shot.number(), 32, 24));
    color(main, thumbnail, 32, 24);
    TiffBlock.Data sensor = new TiffBlock.Data(Pixels.sensor(RAW_WIDTH, RAW_HEIGHT));
    TiffDirectory picture = mosaic(new TiffDirectory(order), sensor, RAW_WIDTH, RAW_HEIGHT);
    main.pointer(SUB_DIRECTORIES, picture.longs(0x00FE, 0));
    if (kind == Kind.DNG) {
      main.bytes(0xC612, (byte) 1, (byte) 4, (byte) 0, (byte) 0);
      main.text(0xC614, shot.camera().model().strip());
    }
    if (library) {
      main.bytes(XMP, XmpWriter.packet(shot));
    }
    List<TiffBlock> layout = new ArrayList<>(List.of(main, thumbnail, picture, sensor));
    layout.addAll(made.behindMain());
    return TiffWriter.write(order, TiffWriter.TIFF, main, layout);
  }

  private static byte[] orf(Shot shot, int width, int height, boolean far, boolean library) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    ExifWriter.Directories made = ExifWriter.directories(shot, true, width, height, order);
    TiffDirectory main = made.main();
    TiffBlock.Data sensor = new TiffBlock.Data(Pixels.sensor(width, height));
    mosaic(main, sensor, width, height);
    if (library) {
      main.bytes(XMP, XmpWriter.packet(shot));
    }
    List<TiffBlock> layout = new ArrayList<>(List.of(main));
    layout.addAll(made.behindMain());
    if (far) {
      layout.addAll(1, List.of(sensor, new TiffBlock.GapUntil(FAR)));
    } else {
      layout.add(sensor);
    }
    return TiffWriter.write(order, TiffWriter.ORF, main, layout);
  }

  private static void color(TiffDirectory main, TiffBlock strips, int width, int height) {
    main.longs(0x0100, width).longs(0x0101, height).shorts(0x0102, 8, 8, 8).shorts(0x0103, 1);
    main.shorts(0x0106, 2).pointer(0x0111, strips).shorts(0x0115, 3).longs(0x0116, height);
    main.longs(0x0117, 3L * width * height).shorts(0x011C, 1);
  }

  private static TiffDirectory mosaic(
      TiffDirectory picture, TiffBlock sensor, int width, int height) {
    picture.longs(0x0100, width).longs(0x0101, height).shorts(0x0102, 16).shorts(0x0103, 1);
    picture.shorts(0x0106, 32_803).pointer(0x0111, sensor).shorts(0x0115, 1).longs(0x0116, height);
    picture.longs(0x0117, 2L * width * height).shorts(0x011C, 1);
    return picture.shorts(0x828D, 2, 2).bytes(0x828E, (byte) 0, (byte) 1, (byte) 1, (byte) 2);
  }
}
