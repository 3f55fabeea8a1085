package io.dorsal.bench.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs of one contestant, in the order they were made. Not thread-safe. */
public final class Series {

  private final String name;
  private final List<Sample> samples = new ArrayList<>();

  public Series(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public void add(Sample sample) {
    samples.add(sample);
  }

  public List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  /** The middle of three figures, or of as many as there are runs. */
  public Spread of(ToDoubleFunction<Sample> figure) {
    return Spread.of(samples.stream().mapToDouble(figure).toArray());
  }

  /**
   * How this rate compares with another's, run by run: what stood beside each other in time is
   * divided by each other. Where the other ran once more, first and last, each run is compared with
   * the mean of those before and after it.
   */
  public Spread against(Series other) {
    int runs = Math.min(samples.size(), other.samples.size());
    boolean around = other.samples.size() == samples.size() + 1;
    double[] ratios = new double[runs];
    for (int i = 0; i < runs; i++) {
      double beside = other.samples.get(i).rate();
      double reference = around ? (beside + other.samples.get(i + 1).rate()) / 2 : beside;
      ratios[i] = samples.get(i).rate() / reference;
    }
    return Spread.of(ratios);
  }

  /**
   * Least, middle and largest of some figures.
   *
   * @param middle the median
   */
  public record Spread(double least, double middle, double largest) {

    static Spread of(double[] figures) {
      double[] sorted = figures.clone();
      Arrays.sort(sorted);
      int half = sorted.length / 2;
      double middle = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
      return new Spread(sorted[0], middle, sorted[sorted.length - 1]);
    }
  }
}
