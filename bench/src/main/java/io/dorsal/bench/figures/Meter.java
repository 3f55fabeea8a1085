package io.dorsal.bench.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the figures of one run. Not thread-safe. */
public final class Meter {

  private final Traffic traffic;
  private final List<Part> parts;
  private final List<Duration> cpu = new ArrayList<>();
  private final long requests;
  private final long bytes;
  private final long start;

  private Meter(Traffic traffic, List<Part> parts) {
    this.traffic = traffic;
    this.parts = parts;
    for (Part part : parts) {
      Processes.forgetPeaks(part.pids());
      cpu.add(Processes.cpu(part.pids()));
    }
    requests = traffic.requests();
    bytes = traffic.bytes();
    start = System.nanoTime();
  }

  /** The run begins now. */
  public static Meter start(Traffic traffic, List<Part> parts) {
    return new Meter(traffic, List.copyOf(parts));
  }

  /** It ended now. */
  public Sample stop(long files) {
    return stop(files, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * It ended.
   *
   * @param wall the time it took, where somebody else knows it better
   */
  public Sample stop(long files, Duration wall) {
    return stop(files, wall, Map.of());
  }

  /**
   * It ended now.
   *
   * @param others used by processes that came and went meanwhile
   */
  public Sample stop(long files, Map<String, Use> others) {
    return stop(files, Duration.ofNanos(System.nanoTime() - start), others);
  }

  private Sample stop(long files, Duration wall, Map<String, Use> others) {
    Map<String, Use> used = new LinkedHashMap<>(others);
    for (int i = 0; i < cpu.size(); i++) {
      Part part = parts.get(i);
      Duration now = Processes.cpu(part.pids());
      used.put(part.name(), new Use(now.minus(cpu.get(i)), Processes.peakKib(part.pids())));
    }
    return new Sample(files, wall, traffic.requests() - requests, traffic.bytes() - bytes, used);
  }
}
