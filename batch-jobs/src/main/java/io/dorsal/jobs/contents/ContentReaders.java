package io.dorsal.jobs.contents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The worker's one door to foreign files. Thread-safe. */
@Component
public class ContentReaders implements DisposableBean {

  private final ContentsSettings settings;
  private final TempFiles files;
  private final ParserPool parsers;
  private final Semaphore copies;

  /** Starts nothing yet. */
  public ContentReaders(ContentsSettings settings) {
    this.settings = settings;
    this.files = new TempFiles(Path.of(System.getProperty("java.io.tmpdir")));
    this.parsers = new ParserPool(settings, files);
    // One is fetched while another is read: that bounds memory and disk.
    this.copies = new Semaphore(2 * settings.processes(), true);
  }

  /**
   * Begins the reading for one piece of work; closing removes every file it left.
   *
   * @param idPattern of the population whose files these are; null for the worker's own
   * @param mayGoOn asked while waiting and reading; throws to end it
   */
  public ContentReader open(@Nullable String idPattern, Runnable mayGoOn) {
    String ids = idPattern == null ? settings.idPattern() : idPattern;
    try {
      return new ContentReader(parsers, copies, files.directory(), ids, mayGoOn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void destroy() {
    parsers.close();
    files.close();
  }
}
