package io.dorsal.discovery.metadata;

import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifImageDirectory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.PanasonicRawIFD0Directory;
import org.jspecify.annotations.Nullable;

/** The pictures a TIFF structure declares: the largest gives the size, the largest JPEG is kept. */
final class RawPictures {

  private static final int JPEG = 6;
  private static final int JPEG_OR_LOSSLESS = 7;

  private RawPictures() {}

  static void read(Format format, Findings findings, long fileSize) {
    if (format == Format.CR2) {
      // Its directories declare the sizes of previews only.
      findings.size(exif(findings, 0xA002), exif(findings, 0xA003));
    }
    long width = 0;
    long height = 0;
    for (Directory directory : findings.exif.getDirectories()) {
      if (!picture(directory)) {
        continue;
      }
      long w = number(directory, 0x100);
      long h = number(directory, 0x101);
      if (directory instanceof PanasonicRawIFD0Directory) {
        w = number(directory, 7) - number(directory, 5);
        h = number(directory, 6) - number(directory, 4);
      }
      boolean first = width == 0;
      if (w > 0 && h > 0 && (first || (findings.raw && (double) w * h > (double) width * height))) {
        width = w;
        height = h;
      }
      if (findings.raw) {
        preview(directory, findings, fileSize);
      }
    }
    findings.size(width, height);
  }

  private static boolean picture(Directory directory) {
    return ExifTags.main(directory)
        || directory instanceof ExifThumbnailDirectory
        || directory instanceof ExifImageDirectory;
  }

  private static void preview(Directory directory, Findings findings, long fileSize) {
    findings.preview(number(directory, 0x201), number(directory, 0x202), fileSize);
    long compression = number(directory, 0x103);
    boolean reduced = (number(directory, 0xFE) & 1) == 1;
    boolean canon = directory instanceof ExifIFD0Directory && compression == JPEG;
    if (canon || (reduced && (compression == JPEG || compression == JPEG_OR_LOSSLESS))) {
      findings.preview(number(directory, 0x111), number(directory, 0x117), fileSize);
    }
  }

  private static long exif(Findings findings, int tag) {
    @Nullable Double number = ExifTags.number(ExifTags.value(findings, tag));
    return number == null ? 0 : (long) number.doubleValue();
  }

  private static long number(Directory directory, int tag) {
    @Nullable Double number = ExifTags.number(directory.getObject(tag));
    return number == null ? 0 : (long) number.doubleValue();
  }
}
