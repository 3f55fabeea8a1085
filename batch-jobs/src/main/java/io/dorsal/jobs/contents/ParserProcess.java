package io.dorsal.jobs.contents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A child process that reads foreign files, one at a time. It knows no settings and no secrets of
 * the worker, has a small heap of its own and may be killed at any moment. Not thread-safe.
 */
final class ParserProcess implements AutoCloseable {

  /** Above what a virtual machine needs to notice that it is stopped. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final long LOOK = 50;
  private static final Pattern ANSWER = Pattern.compile("INSPECTED|(UNREADABLE|SKIPPED) [A-Z_]+");

  /** How HotSpot ends after {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Duration time;
  private int files;

  private ParserProcess(Process process, Duration time) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.time = time;
  }

  /**
   * @param directory for its temporary files
   */
  static ParserProcess start(Path directory, ContentsSettings settings) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + settings.heap().toMegabytes() + "m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + directory,
            // Looking for the machine's fonts takes seconds: once per worker is enough.
            "-Dpdfbox.fontcache=" + directory.getParent(),
            "-Dlogback.configurationFile=logback-parsers.xml",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ParserMain.class.getName(),
            Long.toString(settings.time().toMillis()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return new ParserProcess(builder.start(), settings.time());
  }

  /** How many files it has been given. */
  int files() {
    return files;
  }

  boolean alive() {
    return process.isAlive();
  }

  /**
   * Has one file read.
   *
   * @param mayGoOn asked all the time; throws to end the reading
   * @return the answer; {@code SKIPPED TOO_LARGE} where time or memory did not suffice, {@code
   *     UNREADABLE CORRUPT} where the process died of the file. After the last two it is dead
   * @throws IllegalStateException where the process did not start
   */
  String read(ParserRequest request, Runnable mayGoOn) {
    files++;
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("parser-answer").start(() -> exchange(request, answer));
    long end = System.nanoTime() + time.plus(GRACE).toNanos();
    boolean answered = false;
    try {
      while (System.nanoTime() < end) {
        mayGoOn.run();
        try {
          String line = answer.get(LOOK, TimeUnit.MILLISECONDS);
          // A virtual machine that dies says so where answers are expected.
          answered = ANSWER.matcher(line).matches();
          return answered ? line : ofDeath();
        } catch (TimeoutException e) {
          // It still reads.
        }
      }
      return "SKIPPED TOO_LARGE";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a file was read.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalStateException failed) {
        throw failed;
      }
      return ofDeath();
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private void exchange(ParserRequest request, CompletableFuture<String> answer) {
    try {
      if (files == 1 && !ParserMain.READY.equals(answers.readLine())) {
        // That is the machine's fault, not the file's.
        answer.completeExceptionally(new IllegalStateException("A parser did not start."));
        return;
      }
      requests.write(JsonMapper.shared().writeValueAsString(request) + "\n");
      requests.flush();
      String line = answers.readLine();
      answer.complete(line == null ? "" : line);
    } catch (IOException | UncheckedIOException e) {
      answer.completeExceptionally(e);
    }
  }

  private String ofDeath() {
    try {
      if (!process.waitFor(GRACE)) {
        return "UNREADABLE CORRUPT";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a file was read.", e);
    }
    return switch (process.exitValue()) {
      case OUT_OF_MEMORY, ParserMain.TOO_LONG -> "SKIPPED TOO_LARGE";
      default -> "UNREADABLE CORRUPT";
    };
  }

  /** Kills it; nothing of it is left running. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      var _ = process.waitFor(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
