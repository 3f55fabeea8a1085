package io.dorsal.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Children do not outlive this process, however it ends: a watcher beside it reads a pipe that only
 * this process can write, and ends them when the pipe closes. SIGKILL closes it too.
 */
public final class Lifeline {

  private static final Logger LOG = System.getLogger(Lifeline.class.getName());
  private static final Lifeline OF_THIS_PROCESS = new Lifeline();

  /** Nobody waits for the work of a stack whose owner is gone. */
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);

  private final List<Charge> charges = new ArrayList<>();
  private @Nullable Process watcher;

  private Lifeline() {}

  /**
   * Has the child ended when this process is no more. One that ended before, in whatever way, is
   * left alone, and so is another with its id.
   *
   * @param grace between the stop signal and SIGKILL; ten seconds at most
   */
  public static void hold(Process child, Signal stop, Duration grace) {
    Duration patience = grace.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : grace;
    OF_THIS_PROCESS.add(new Charge(ProcessIdentity.of(child.toHandle()), stop, patience));
  }

  private synchronized void add(Charge charge) {
    charges.removeIf(known -> known.process().find().isEmpty());
    charges.add(charge);
    try {
      if (watcher != null && watcher.isAlive() && told(watcher, List.of(charge))) {
        return;
      }
      watcher = Watcher.start();
      if (!told(watcher, charges)) {
        LOG.log(Level.WARNING, "The watcher of {0} children ended at once", charges.size());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "No watcher: if this process is killed, its children stay", e);
    }
  }

  /** False when the watcher is gone. */
  private static boolean told(Process watcher, List<Charge> news) {
    try {
      OutputStream pipe = watcher.getOutputStream();
      for (Charge charge : news) {
        pipe.write((charge.line() + "\n").getBytes(StandardCharsets.US_ASCII));
        // Whole lines only: the end may come between any two.
        pipe.flush();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The other end of the pipe. */
  static final class Watcher {

    private Watcher() {}

    /** In a session of its own: Ctrl-C is not for it. */
    static Process start() throws IOException {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx16m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              Watcher.class.getName());
      return new ProcessBuilder(Session.own(command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }

    static void main(String[] arguments) throws InterruptedException {
      List<Charge> charges = new ArrayList<>();
      for (String line = IO.readln(); line != null; line = IO.readln()) {
        charges.add(Charge.parse(line));
      }
      List<Thread> ends =
          charges.reversed().stream()
              .map(charge -> Thread.startVirtualThread(charge::end))
              .toList();
      for (Thread end : ends) {
        end.join();
      }
    }
  }
}
