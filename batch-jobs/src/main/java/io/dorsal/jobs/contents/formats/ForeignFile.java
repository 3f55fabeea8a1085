package io.dorsal.jobs.contents.formats;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.FileContents;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.apache.poi.EncryptedDocumentException;
import org.jspecify.annotations.Nullable;

/**
 * A file somebody else wrote, of any format that is read whole.
 *
 * @param mediaType by its first bytes; null if they are those of no format, which is text
 * @param extension in lower case, without its dot
 */
public record ForeignFile(Path file, @Nullable String mediaType, String extension) {

  /**
   * Reads it. What a parser throws is a refusal: the file is broken.
   *
   * @param ids what the ids of animals look like; null if nobody said
   */
  public FileContents read(@Nullable Pattern ids) throws RefusedException {
    try {
      return contents(ids);
    } catch (RefusedException e) {
      throw e;
    } catch (IOException
        | RuntimeException
        | StackOverflowError
        | AssertionError
        | LinkageError e) {
      throw refusal(e);
    }
  }

  private static RefusedException refusal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof RefusedException refused) {
        return refused;
      } else if (cause instanceof EncryptedDocumentException) {
        return new RefusedException(RefusedException.Code.ENCRYPTED, "it asks for a password");
      } else if (OfficeZip.isBomb(cause)) {
        return new RefusedException(RefusedException.Code.BOMB, "unpacks to too much");
      } else if (String.valueOf(cause.getMessage()).contains("scratch file memory exceeded")) {
        return new RefusedException(RefusedException.Code.BOMB, "unpacks to too much");
      }
      cause = cause.getCause();
    }
    return new RefusedException(RefusedException.Code.CORRUPT, "a parser gave up");
  }

  private FileContents contents(@Nullable Pattern ids) throws IOException {
    return switch (mediaType) {
      case "application/zip" -> OfficeZip.read(file, ids);
      case "application/x-ole-storage" -> OleFiles.read(file, ids);
      case "application/pdf" -> text(ids, text -> PdfText.read(file, text));
      case "application/rtf" -> text(ids, text -> RtfText.read(file, text));
      case "application/vnd.sqlite3" -> tables(tables -> SqliteTables.read(file, tables));
      case "application/x-msaccess" -> tables(tables -> AccessTables.read(file, tables));
      case null -> plain(ids);
      default -> throw new RefusedException(RefusedException.Code.CORRUPT, "no format of ours");
    };
  }

  private FileContents plain(@Nullable Pattern ids) throws IOException {
    switch (extension) {
      case "txt", "doc", "rtf" -> {
        return text(ids, this::readPlain);
      }
      case "csv", "tsv", "xls" -> {
        Workbook workbook = new Workbook(ids);
        if (extension.equals("xls") && markup()) {
          HtmlTables.read(file, workbook);
        } else {
          TextTables.read(file, workbook);
        }
        return workbook.contents();
      }
      default -> throw new RefusedException(RefusedException.Code.CORRUPT, "wrong first bytes");
    }
  }

  private boolean markup() throws IOException {
    try (Reader text = Charsets.open(file)) {
      int c = text.read();
      while (Character.isWhitespace(c)) {
        c = text.read();
      }
      return c == '<';
    }
  }

  private void readPlain(TextCollector text) throws IOException {
    char[] part = new char[8_192];
    try (Reader reader = Charsets.open(file)) {
      for (int length = reader.read(part); length >= 0; length = reader.read(part)) {
        text.write(part, 0, length);
      }
    }
  }

  private interface Text {
    void into(TextCollector text) throws IOException;
  }

  private static FileContents text(@Nullable Pattern ids, Text reading) throws IOException {
    TextCollector text = new TextCollector();
    try {
      reading.into(text);
    } catch (TextCollector.FullException e) {
      // Nobody asked for more.
    }
    return text.contents(ids);
  }

  private interface Tables {
    void into(TableBuilder tables) throws IOException;
  }

  private static FileContents tables(Tables reading) throws IOException {
    TableBuilder tables = new TableBuilder();
    reading.into(tables);
    return tables.contents();
  }
}
