package io.dorsal.jobs.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.ScanPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTests {

  private static final int CHUNK = 50;
  private static final UUID SCAN = new UUID(0, 1);

  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<Work> works = new ArrayList<>();
  private final List<String> served = new ArrayList<>();

  @Test
  void partitionsEndOneAfterAnotherWhileThereIsMoreToTake() {
    Places places = new Places(2, threads::add);
    begin(places, SCAN, "first", 1_000);
    begin(places, SCAN, "second", 1_000);

    Work second = works.getLast();
    while (works.size() == 2) {
      step();
    }

    assertThat(works).containsExactly(second);
    assertThat(second.left()).isBetween(400, 600);
  }

  @Test
  void partitionsEndTogetherOnceThereIsNothingMoreToTake() {
    Places places = new Places(4, threads::add);
    begin(places, SCAN, "short", 500);
    begin(places, SCAN, "long", 1_000);

    while (works.size() == 2) {
      step();
    }

    assertThat(works).singleElement().satisfies(w -> assertThat(w.left()).isLessThan(CHUNK));
  }

  /** A migration waits for a lock until the chunks at work are through. */
  @Test
  void noPartitionStandsStill() {
    Places places = new Places(4, threads::add);
    for (int i = 1; i <= 4; i++) {
      begin(places, SCAN, "p" + i, 10_000);
    }

    steps(2_000);

    for (int from = 0; from + 20 <= served.size(); from += 20) {
      assertThat(served.subList(from, from + 20)).contains("p1", "p2", "p3", "p4");
    }
  }

  @Test
  void whoComesLateHasNotSavedUpTurns() {
    Places places = new Places(4, threads::add);
    begin(places, SCAN, "early", 10_000);
    steps(1_000);
    begin(places, SCAN, "late", 10_000);

    steps(20);

    assertThat(served.subList(1_000, 1_020)).contains("early", "late");
  }

  /**
   * One of them is ahead: its partitions must not end at once, and it take the rest of the scan.
   */
  @Test
  void workersThatShareScanTakeItInTurn() {
    var left = new ArrayDeque<>(Collections.nCopies(13, 1_000));
    left.add(250);
    var taken = new HashMap<Integer, Integer>();
    List<PlacesTests> workers = List.of(new PlacesTests(), new PlacesTests());
    var places = workers.stream().map(worker -> new Places(4, worker.threads::add)).toList();

    for (int step = 0; step < 20_000; step++) {
      for (int i = 0; i < 2; i++) {
        while (workers.get(i).works.size() < 4 && !left.isEmpty()) {
          int files = left.remove();
          workers.get(i).begin(places.get(i), SCAN, "p", files);
          taken.merge(i, files, Integer::sum);
        }
      }
      int ready = step < CHUNK ? 1 : 2;
      workers.stream()
          .limit(ready)
          .filter(worker -> !worker.works.isEmpty())
          .forEach(PlacesTests::step);
    }

    assertThat(taken).isEqualTo(Map.of(0, 7_000, 1, 6_250));
  }

  @Test
  void scansAreServedByTurnWhateverTheirPartitionsHaveLeft() {
    Places places = new Places(2, threads::add);
    begin(places, SCAN, "large", 10_000);
    begin(places, new UUID(0, 2), "small", 100);

    steps(2 * CHUNK);

    assertThat(Collections.frequency(served, "small")).isEqualTo(CHUNK);
  }

  @Test
  void filesLeftBehindByFailedChunkHoldNobodyUp() {
    Places places = new Places(2, threads::add);
    Places.Share failed = places.share(partition(SCAN, 1_000));
    failed.execute(() -> served.add("failed"));
    failed.close();
    begin(places, SCAN, "next", 10);

    while (!threads.isEmpty()) {
      step();
    }

    assertThat(served).hasSize(11).contains("failed");
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** Runs the file whose turn it is. */
  private void step() {
    threads.remove().run();
  }

  private void begin(Places places, UUID scan, String name, int files) {
    var work = new Work(name, files, places.share(partition(scan, files)));
    works.add(work);
    work.chunk();
  }

  private static ScanPartition partition(UUID scan, int files) {
    return new ScanPartition(scan, 1, 1, files, 14, false);
  }

  /** A partition that hands its files out a chunk at a time, as its step does. */
  private final class Work {

    private final String name;
    private final Places.Share share;
    private int toHandOut;
    private int atWork;

    Work(String name, int files, Places.Share share) {
      this.name = name;
      this.toHandOut = files;
      this.share = share;
    }

    int left() {
      return toHandOut + atWork;
    }

    void chunk() {
      atWork = Math.min(CHUNK, toHandOut);
      toHandOut -= atWork;
      for (int i = 0; i < atWork; i++) {
        share.execute(this::inspected);
      }
    }

    private void inspected() {
      served.add(name);
      if (--atWork == 0 && toHandOut > 0) {
        chunk();
      } else if (atWork == 0) {
        share.close();
        works.remove(this);
      }
    }
  }
}
