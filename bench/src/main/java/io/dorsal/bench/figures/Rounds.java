package io.dorsal.bench.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has contestants run in turn, so that whatever else the machine does meets all of them: the
 * ceiling, Dorsal, the peers, and so on, with the ceiling once more at the end. Not thread-safe.
 */
public final class Rounds {

  /** Somebody who does the work once. */
  @FunctionalInterface
  public interface Contestant {
    Sample run() throws IOException, InterruptedException;
  }

  private record Entry(Series series, Contestant contestant) {

    void run() throws IOException, InterruptedException {
      series.add(contestant.run());
    }
  }

  private final Entry ceiling;
  private final List<Entry> others = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param name of the ceiling, which nobody can pass in this bench
   */
  public Rounds(String name, Contestant ceiling) {
    this.ceiling = new Entry(new Series(name), ceiling);
  }

  /** One more; the first is Dorsal. */
  public Rounds add(String name, Contestant contestant) {
    others.add(new Entry(new Series(name), contestant));
    return this;
  }

  /** A line below the table, such as who could not take part and why. */
  public Rounds note(String line) {
    notes.add(line);
    return this;
  }

  /** Runs the ceiling and Dorsal some times without a figure, where a JVM has to compile first. */
  public Rounds warmUp(int times) throws IOException, InterruptedException {
    return warmUp(times, times);
  }

  /** The same where one of them has more to compile in a run than the other. */
  public Rounds warmUp(int ceilings, int dorsals) throws IOException, InterruptedException {
    Entry dorsal = others.getFirst();
    for (int time = 0; time < Math.max(ceilings, dorsals); time++) {
      if (time < ceilings) {
        ceiling.contestant().run();
      }
      if (time < dorsals) {
        dorsal.contestant().run();
      }
    }
    return note(
        "%s ran %d times and %s %d times before, uncounted, so that their code was compiled."
            .formatted(ceiling.series().name(), ceilings, dorsal.series().name(), dorsals));
  }

  /**
   * Runs everybody and reports.
   *
   * @param section where the results are kept: the command and what makes its runs comparable
   */
  public Report run(String section, String title, int runs)
      throws IOException, InterruptedException {
    ceiling.run();
    for (int run = 1; run <= runs; run++) {
      for (Entry other : others) {
        other.run();
      }
      ceiling.run();
      say(run, runs);
    }
    return new Report(
        section, title, ceiling.series(), others.stream().map(Entry::series).toList(), notes);
  }

  private void say(int run, int runs) {
    StringBuilder line = new StringBuilder("run %d of %d:".formatted(run, runs));
    line.append(said(ceiling.series()));
    others.forEach(other -> line.append(',').append(said(other.series())));
    System.err.println(line);
  }

  private static String said(Series series) {
    return " %s %,.0f/s".formatted(series.name(), series.samples().getLast().rate());
  }
}
