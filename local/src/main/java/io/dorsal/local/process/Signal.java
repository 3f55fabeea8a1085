package io.dorsal.local.process;

import java.io.IOException;
import java.util.List;

/** What one process may tell another. {@link Process#destroy()} knows two of these only. */
public enum Signal {
  /** Ask for an orderly end. */
  TERM,
  /** Ask for a quick orderly end: PostgreSQL waits for no client then. */
  INT,
  /** End at once; nothing is finished. */
  KILL,
  /** Freeze. */
  STOP,
  /** Thaw. */
  CONT;

  /**
   * Sends this signal. A process that is gone already is no error: it may end between question and
   * signal.
   *
   * @throws IllegalStateException when no signal can be sent at all, or the thread was interrupted
   */
  public void sendTo(long pid) {
    try {
      Process shell =
          new ProcessBuilder(List.of("sh", "-c", "kill -" + name() + " " + pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      shell.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot send " + this + " to process " + pid, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + this, e);
    }
  }
}
