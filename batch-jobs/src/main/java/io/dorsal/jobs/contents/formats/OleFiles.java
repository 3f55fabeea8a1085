package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.FileContents;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.HWPFOldDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.extractor.Word6Extractor;
import org.apache.poi.hwpf.extractor.WordExtractor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.extractor.SlideShowExtractor;
import org.jspecify.annotations.Nullable;

/** Office files of before 2007: which kind it is says the directory of the compound file. */
final class OleFiles {

  private OleFiles() {}

  /**
   * @throws RefusedException ENCRYPTED; CORRUPT where it is no office file
   */
  static FileContents read(Path file, @Nullable Pattern ids) throws IOException {
    try (POIFSFileSystem files = new POIFSFileSystem(file.toFile(), true)) {
      var root = files.getRoot();
      if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
        throw new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password");
      } else if (root.hasEntryCaseInsensitive("Workbook") || root.hasEntryCaseInsensitive("Book")) {
        Workbook workbook = new Workbook(ids);
        XlsSheets.read(root, workbook);
        return workbook.contents();
      } else if (root.hasEntryCaseInsensitive("WordDocument")) {
        return text(ids, word(files));
      } else if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
        return text(ids, slides(files));
      }
      throw new RefusedException(RefusedException.Code.CORRUPT, "no office file");
    }
  }

  private static FileContents text(@Nullable Pattern ids, String all) {
    TextCollector text = new TextCollector();
    try {
      text.add(all.replace('\r', '\n'));
    } catch (TextCollector.FullException e) {
      // Nobody asked for more.
    }
    return text.contents(ids);
  }

  private static String word(POIFSFileSystem files) throws IOException {
    try (var document = new HWPFDocument(files.getRoot());
        var extractor = new WordExtractor(document)) {
      return WordExtractor.stripFields(extractor.getText());
    } catch (OldWordFileFormatException e) {
      try (var old = new HWPFOldDocument(files.getRoot());
          var extractor = new Word6Extractor(old)) {
        return extractor.getText();
      }
    }
  }

  private static String slides(POIFSFileSystem files) throws IOException {
    try (var show = new HSLFSlideShow(files);
        var extractor = new SlideShowExtractor<HSLFShape, HSLFTextParagraph>(show)) {
      return extractor.getText();
    }
  }
}
