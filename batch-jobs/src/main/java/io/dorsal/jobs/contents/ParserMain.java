package io.dorsal.jobs.contents;

import com.google.re2j.Pattern;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.jobs.contents.formats.ForeignFile;
import io.dorsal.jobs.contents.formats.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A parser process: reads a request per line, writes what it read to the file the request names,
 * and answers one line, {@code INSPECTED}, or {@code UNREADABLE} or {@code SKIPPED} with a code. It
 * ends with its input, and by itself when one file takes too long.
 */
final class ParserMain {

  /** The exit code of a process that gave up on a file. */
  static final int TOO_LONG = 4;

  /** The first line of a process, before any request. */
  static final String READY = "READY";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);

  private ParserMain() {}

  /**
   * @param args the milliseconds one file may take
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // Whatever a parser prints must not be taken for an answer.
    System.setOut(System.err);
    new ParserMain().serve(answers, Long.parseLong(args[0]));
  }

  private void serve(PrintStream answers, long millis) throws IOException {
    Thread.ofPlatform().daemon().name("too-long").start(this::watch);
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println(READY);
    answers.flush();
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      deadline.set(System.nanoTime() + millis * 1_000_000);
      String answer = answer(JSON.readValue(line, ParserRequest.class));
      deadline.set(Long.MAX_VALUE);
      answers.println(answer);
      answers.flush();
    }
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
      long end = deadline.get();
      if (end != Long.MAX_VALUE && System.nanoTime() > end) {
        Runtime.getRuntime().halt(TOO_LONG);
      }
    }
  }

  private static String answer(ParserRequest request) {
    Pattern ids = request.idPattern() == null ? null : Pattern.compile(request.idPattern());
    try {
      FileContents contents =
          new ForeignFile(Path.of(request.file()), request.mediaType(), request.extension())
              .read(ids);
      JSON.writeValue(Path.of(request.result()), contents);
      return "INSPECTED";
    } catch (RefusedException e) {
      return switch (e.code()) {
        case BOMB, ENCRYPTED, CORRUPT -> "UNREADABLE " + e.code();
        case TOO_LARGE -> "SKIPPED " + e.code();
      };
    }
  }
}
