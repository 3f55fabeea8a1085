package io.dorsal.operations;

import java.util.List;

/**
 * Reads values that nobody counts along the way, such as the depth of a queue. Implementations are
 * beans of the room that knows; they may block, and are given up on after five seconds. Asked on a
 * thread of nobody's tenancy, at most every ten seconds. Thread-safe.
 */
public interface Sampler {

  /**
   * A gauge, or a counter that is kept elsewhere.
   *
   * @param labels values in the metric's order
   */
  record Sample(Metric metric, double value, List<String> labels) {

    public static Sample of(Metric metric, double value, String... labels) {
      return new Sample(metric, value, List.of(labels));
    }
  }

  /** What is known; a failure leaves the metric without samples. */
  List<Sample> sample() throws Exception;
}
