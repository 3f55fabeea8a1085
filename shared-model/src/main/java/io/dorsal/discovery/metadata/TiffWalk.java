package io.dorsal.discovery.metadata;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.PanasonicRawIFD0Directory;
import com.drew.metadata.exif.makernotes.OlympusCameraSettingsMakernoteDirectory;
import java.io.IOException;

/** TIFF structures: whole files, and the EXIF blocks inside other containers. */
final class TiffWalk {

  private TiffWalk() {}

  /**
   * Reads one structure. A broken one leaves what came before the break.
   *
   * @return false if a part of its main directories could not be read
   */
  static boolean read(
      ByteWindows windows, long base, long length, ExifHandler.Root root, Findings findings) {
    SparseReader source = new SparseReader(windows, base, length);
    ExifHandler handler = new ExifHandler(source, findings, root);
    boolean whole = attempt(() -> new TiffReader().processTiff(source, handler, 0));
    if (findings.raw || ExifTags.value(findings, 0xA431) == null) {
      attempt(handler::readMakerNote);
      olympusPreview(handler, base, windows, findings);
    }
    return whole && !handler.damaged();
  }

  /** A file that is a TIFF structure itself. */
  static void readFile(ByteWindows windows, Findings findings) {
    if (!windows.has(0, 8)) {
      findings.notes.add(Note.CORRUPT);
      return;
    }
    boolean little = windows.u8(0) == 'I';
    int marker = little ? windows.u16le(2) : windows.u16(2);
    long first = little ? windows.u32le(4) : windows.u32(4);
    if (marker != 43 && first >= windows.size()) {
      findings.notes.add(Note.CORRUPT);
      return;
    }
    if (marker == 43 || first > Integer.MAX_VALUE) {
      // BigTIFF, and directories beyond 2 GiB: more than the library's offsets can hold.
      findings.notes.add(Note.METADATA_TRUNCATED);
      return;
    }
    if (!read(windows, 0, windows.size(), ExifHandler.Root.IFD0, findings)
        && !windows.truncated()) {
      findings.notes.add(Note.CORRUPT);
    }
    boolean panasonic =
        findings.exif.containsDirectoryOfType(PanasonicRawIFD0Directory.class)
            && findings.preview != null
            && windows.present(findings.preview.offset(), 2);
    if (findings.preview != null
        && (panasonic || !findings.exif.containsDirectoryOfType(ExifSubIFDDirectory.class))) {
      // Panasonic keeps a part of the EXIF, older cameras all of it, in the embedded JPEG only.
      JpegWalk.readEmbedded(windows, findings.preview.offset(), findings);
    }
  }

  private interface Parsing {
    void run() throws IOException, TiffProcessingException;
  }

  // The library answers broken bytes with any unchecked exception; none of them may end a scan.
  private static boolean attempt(Parsing parsing) {
    try {
      parsing.run();
      return true;
    } catch (SourceFailure e) {
      throw e;
    } catch (IOException | TiffProcessingException | RuntimeException e) {
      return false;
    }
  }

  private static void olympusPreview(
      ExifHandler handler, long base, ByteWindows windows, Findings findings) {
    Directory settings =
        findings.exif.getFirstDirectoryOfType(OlympusCameraSettingsMakernoteDirectory.class);
    if (settings != null && findings.raw && handler.makerNoteOffset() >= 0) {
      Long start =
          settings.getLongObject(OlympusCameraSettingsMakernoteDirectory.TagPreviewImageStart);
      Long length =
          settings.getLongObject(OlympusCameraSettingsMakernoteDirectory.TagPreviewImageLength);
      if (start != null && length != null) {
        findings.preview(base + handler.makerNoteOffset() + start, length, windows.size());
      }
    }
  }
}
