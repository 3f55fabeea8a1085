package io.dorsal.discovery.metadata;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Directory;
import com.drew.metadata.StringValue;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifImageDirectory;
import com.drew.metadata.exif.ExifInteropDirectory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.PanasonicRawIFD0Directory;
import com.drew.metadata.exif.makernotes.OlympusMakernoteDirectory;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The library's EXIF handler with a hard lid on directories and tags, which fetches only values
 * that are wanted and leaves the maker note to the end, when the rest is safe.
 */
final class ExifHandler extends ExifTiffHandler {

  /** What the first directory of a TIFF structure is; Canon's CR3 splits them. */
  enum Root {
    IFD0,
    EXIF,
    GPS
  }

  private static final int MOST_DIRECTORIES = 64;
  private static final int MOST_TAGS = 4_096;
  private static final int MOST_QUESTIONS = 4_000_000;
  private static final int LARGEST_VALUE = 8_192;
  private static final int LARGEST_MAKER_VALUE = 64;
  private static final int TAG_JPG_FROM_RAW = 0x2E;

  private final SparseReader source;
  private final Findings findings;
  private final Root root;
  private int directories;
  private int tags;
  private int questions;
  private boolean damaged;
  private @Nullable MakerNote makerNote;

  private record MakerNote(
      Directory parent, int offset, Set<Integer> seen, int header, boolean motorola, int length) {}

  ExifHandler(SparseReader source, Findings findings, Root root) {
    super(findings.exif, null, (int) source.base());
    this.source = source;
    this.findings = findings;
    this.root = root;
  }

  /** Whether a directory pointed outside the file or was cut. */
  boolean damaged() {
    return damaged;
  }

  /** Where the maker note starts, within the structure; -1 if there is none. */
  int makerNoteOffset() {
    return makerNote == null ? -1 : makerNote.offset;
  }

  void readMakerNote() throws IOException {
    if (makerNote != null) {
      MakerNote note = makerNote;
      source.setMotorolaByteOrder(note.motorola);
      _currentDirectory = note.parent;
      super.customProcessTag(
          note.offset,
          note.seen,
          note.header,
          source,
          ExifDirectoryBase.TAG_MAKERNOTE,
          note.length);
    }
  }

  @Override
  public void setTiffMarker(int marker) throws TiffProcessingException {
    switch (root) {
      case EXIF -> pushDirectory(new ExifSubIFDDirectory());
      case GPS -> pushDirectory(new GpsDirectory());
      case IFD0 -> super.setTiffMarker(marker);
    }
  }

  @Override
  protected void pushDirectory(Directory directory) {
    if (++directories > MOST_DIRECTORIES) {
      throw new IllegalStateException("too many directories");
    }
    super.pushDirectory(directory);
  }

  @Override
  public boolean tryEnterSubIfd(int tagId) {
    // Asked once per component: a count of millions is an attack on time.
    if (++questions > MOST_QUESTIONS) {
      throw new IllegalStateException("too many components");
    }
    return _currentDirectory != null && super.tryEnterSubIfd(tagId);
  }

  @Override
  public boolean hasFollowerIfd() {
    // Thumbnail directories may chain without a new directory: the lid must see them too.
    return ++directories <= MOST_DIRECTORIES && _currentDirectory != null && super.hasFollowerIfd();
  }

  @Override
  public void warn(String message) {
    damaged = true;
  }

  @Override
  public void error(String message) {
    damaged |= plain(_currentDirectory);
  }

  @Override
  public boolean customProcessTag(
      int offset, Set<Integer> seen, int header, RandomAccessReader reader, int tag, int length)
      throws IOException {
    Directory current = _currentDirectory;
    if (current == null || ++tags > MOST_TAGS) {
      throw new IllegalStateException("too many tags");
    }
    if (!plain(current)) {
      return makerTag(current, offset, seen, header, reader, tag, length);
    }
    return switch (tag) {
      case ExifDirectoryBase.TAG_MAKERNOTE -> {
        makerNote =
            new MakerNote(current, offset, seen, header, reader.isMotorolaByteOrder(), length);
        yield true;
      }
      case ExifDirectoryBase.TAG_APPLICATION_NOTES,
          ExifDirectoryBase.TAG_IPTC_NAA,
          ExifDirectoryBase.TAG_PHOTOSHOP_SETTINGS -> {
        embedded(tag, offset, length);
        yield true;
      }
      case ExifDirectoryBase.TAG_INTER_COLOR_PROFILE -> true;
      case TAG_JPG_FROM_RAW -> current instanceof PanasonicRawIFD0Directory && jpeg(offset, length);
      default ->
          length > 4 && !wanted(tag, offset, length) && !longText(current, tag, offset, length);
    };
  }

  /** Captions of microscopes and galleries run on for pages: their beginning is kept. */
  private boolean longText(Directory current, int tag, int offset, int length) throws IOException {
    boolean text =
        tag == ExifDirectoryBase.TAG_IMAGE_DESCRIPTION || tag == ExifDirectoryBase.TAG_COPYRIGHT;
    if (text && length > LARGEST_VALUE && source.isValidIndex(offset, LARGEST_VALUE)) {
      byte[] beginning = source.getBytes(offset, LARGEST_VALUE);
      current.setStringValue(tag, new StringValue(beginning, null));
    }
    return false;
  }

  private boolean makerTag(
      Directory maker,
      int offset,
      Set<Integer> seen,
      int header,
      RandomAccessReader reader,
      int tag,
      int length)
      throws IOException {
    if (maker instanceof OlympusMakernoteDirectory && (tag & 0xF000) >= 0x2000) {
      // Whole directories under one tag; the serial and the preview stand in two of them.
      return (tag != OlympusMakernoteDirectory.TAG_EQUIPMENT
              && tag != OlympusMakernoteDirectory.TAG_CAMERA_SETTINGS)
          || super.customProcessTag(offset, seen, header, reader, tag, length);
    }
    boolean wanted =
        length <= LARGEST_MAKER_VALUE
            && (source.present(offset, length)
                || (ExifTags.serial(maker.getTagName(tag)) && source.isValidIndex(offset, length)));
    return !wanted;
  }

  private boolean jpeg(int offset, int length) {
    findings.preview(source.base() + offset, length, source.windows().size());
    return true;
  }

  private boolean wanted(int tag, int offset, int length) {
    return length <= LARGEST_VALUE
        && (source.present(offset, length)
            || (ExifTags.named(tag) && source.isValidIndex(offset, length)));
  }

  private void embedded(int tag, int offset, int length) {
    if (tag == ExifDirectoryBase.TAG_APPLICATION_NOTES && length > XmpPacket.LIMIT) {
      findings.notes.add(Note.XMP_REFUSED);
      return;
    }
    byte[] bytes = source.windows().bytes(source.base() + offset, length);
    if (bytes == null) {
      return;
    }
    switch (tag) {
      case ExifDirectoryBase.TAG_APPLICATION_NOTES -> XmpPacket.read(bytes, findings);
      case ExifDirectoryBase.TAG_IPTC_NAA -> IptcRecords.read(bytes, findings);
      default -> IptcRecords.readPhotoshop(bytes, findings);
    }
  }

  private static boolean plain(@Nullable Directory directory) {
    return directory instanceof ExifIFD0Directory
        || directory instanceof ExifSubIFDDirectory
        || directory instanceof GpsDirectory
        || directory instanceof PanasonicRawIFD0Directory
        || directory instanceof ExifThumbnailDirectory
        || directory instanceof ExifImageDirectory
        || directory instanceof ExifInteropDirectory;
  }
}
