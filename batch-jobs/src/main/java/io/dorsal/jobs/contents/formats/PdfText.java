package io.dorsal.jobs.contents.formats;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF file. What it unpacks lies in a scratch file of limited size. */
final class PdfText {

  private static final long IN_MEMORY = 16L << 20;
  private static final long ON_DISK = 256L << 20;

  private PdfText() {}

  /**
   * @throws RefusedException ENCRYPTED where it asks for a password
   */
  static void read(Path file, TextCollector text) throws IOException {
    var scratch = MemoryUsageSetting.setupMixed(IN_MEMORY, ON_DISK).streamCache;
    try (var bytes = new RandomAccessReadBufferedFile(file.toFile());
        PDDocument document = Loader.loadPDF(bytes, "", null, null, scratch)) {
      if (document.getNumberOfPages() == 0) {
        throw new RefusedException(RefusedException.Code.CORRUPT, "no pages");
      }
      new PDFTextStripper().writeText(document, text);
    } catch (InvalidPasswordException e) {
      throw new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password");
    }
  }
}
