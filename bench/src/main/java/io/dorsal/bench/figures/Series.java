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
   * divided by each other.
   */
  public Spread against(Series other) {
    double[] ratios = new double[Math.min(samples.size(), other.samples.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = samples.get(i).rate() / other.samples.get(i).rate();
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
