package io.dorsal.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who is killed when in one round; the same seed gives the same plan.
 *
 * <p>At most two moments cost chunks in flight: a third death at the same file would make it
 * WORKER_CRASH, and rightly so.
 */
record KillPlan(long seed, List<Moment> moments) {

  /**
   * @param inspected how far the scan has to be, in files
   * @param after so long after it got there, or after the moment before
   */
  record Moment(int inspected, Duration after, List<String> victims) {

    boolean costsChunks() {
      return victims.stream().anyMatch(COSTLY::contains);
    }
  }

  /** Stands for a worker that holds a lease of the scan at that moment. */
  static final String HOLDER = "holder";

  private static final List<String> COSTLY = List.of(HOLDER, HOLDER, "worker-1", "postgres");
  private static final List<String> FREE = List.of("servicebus", "functions");

  static KillPlan of(long seed, int files) {
    var random = new SplittableRandom(seed);
    List<Moment> moments = new ArrayList<>();
    int costly = 0;
    int inspected = 0;
    int count = random.nextInt(1, 4);
    while (moments.size() < count) {
      boolean soonAgain = random.nextInt(4) == 0;
      inspected += soonAgain ? 0 : random.nextInt(files / 2);
      // After a death it takes seconds until somebody goes on: that time is aimed at too.
      Duration after = Duration.ofMillis(random.nextInt(soonAgain ? 9_000 : 1_500));
      boolean mayCost = costly < 2 && (moments.isEmpty() || random.nextInt(3) > 0);
      var moment = new Moment(inspected, after, victims(random, mayCost));
      costly += moment.costsChunks() ? 1 : 0;
      moments.add(moment);
    }
    return new KillPlan(seed, List.copyOf(moments));
  }

  private static List<String> victims(SplittableRandom random, boolean mayCost) {
    List<String> victims = new ArrayList<>();
    if (mayCost) {
      victims.add(COSTLY.get(random.nextInt(COSTLY.size())));
    }
    if (!mayCost || random.nextInt(4) == 0) {
      List<String> others = mayCost && random.nextBoolean() ? COSTLY : FREE;
      String other = others.get(random.nextInt(others.size()));
      if (!victims.contains(other)) {
        victims.add(other);
      }
    }
    return List.copyOf(victims);
  }

  @Override
  public String toString() {
    return "seed " + seed + " " + moments;
  }
}
