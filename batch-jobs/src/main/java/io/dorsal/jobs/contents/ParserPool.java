package io.dorsal.jobs.contents;

import io.dorsal.jobs.contents.TempFiles.TempDirectory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few parser processes, started when wanted, kept warm and used again. Thread-safe. */
final class ParserPool implements AutoCloseable {

  /** Libraries keep something of every file. */
  private static final int MOST_FILES = 1_000;

  private record Parser(ParserProcess process, TempDirectory directory) {
    void end() {
      process.close();
      directory.close();
    }
  }

  private final ContentsSettings settings;
  private final TempFiles files;
  private final Semaphore free;
  private final Deque<Parser> idle = new ArrayDeque<>();
  private boolean closed;

  ParserPool(ContentsSettings settings, TempFiles files) {
    this.settings = settings;
    this.files = files;
    this.free = new Semaphore(settings.processes(), true);
  }

  /** Waits for a process and has the file read; see {@link ParserProcess#read}. */
  String read(ParserRequest request, Runnable mayGoOn) throws IOException {
    acquire(free, mayGoOn);
    try {
      Parser parser = take();
      try {
        return parser.process().read(request, mayGoOn);
      } finally {
        giveBack(parser);
      }
    } finally {
      free.release();
    }
  }

  /** Waits for a permit, asking all the time whether it is still wanted. */
  static void acquire(Semaphore permits, Runnable mayGoOn) {
    try {
      do {
        mayGoOn.run();
      } while (!permits.tryAcquire(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a parser.", e);
    }
  }

  private Parser take() throws IOException {
    synchronized (idle) {
      Parser parser = idle.poll();
      if (parser != null && parser.process().alive()) {
        return parser;
      } else if (parser != null) {
        parser.end();
      }
    }
    TempDirectory directory = files.directory();
    try {
      return new Parser(ParserProcess.start(directory.path(), settings), directory);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private void giveBack(Parser parser) {
    synchronized (idle) {
      if (!closed && parser.process().alive() && parser.process().files() < MOST_FILES) {
        idle.push(parser);
        return;
      }
    }
    parser.end();
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Parser::end);
      idle.clear();
    }
  }
}
