package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.api.Api;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.demo.WrittenArchive;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes are killed at random moments of a rescan in which files are new, changed, moved and
 * gone; afterwards every count is exact and no file is there twice. {@code -Ddorsal.crash.seed=N}
 * runs one seed again.
 */
@ExtendWith(SharedArchive.class)
@SuppressWarnings("NullAway.Init")
class RescanCrashIntegrationTests {

  private static final int KNOWN = 1_500;
  private static final int ADDED = 900;
  private static final int CHANGED = 700;
  private static final int MOVED = 200;
  private static final int GONE = 100;
  private static final int READ = ADDED + CHANGED + MOVED;

  private static ScannedArchive stack;

  private Photographs photographs;
  private Api api;

  @BeforeAll
  static void start(ScannedArchive shared) {
    stack = shared;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void rescanSurvivesTheDeathOfItsProcesses(long seed) throws Exception {
    survives(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("seeds")
  void rescanSurvivesTheDeathOfItsProcessesInManyRounds(long seed) throws Exception {
    survives(seed);
  }

  static LongStream seeds() {
    Long one = Long.getLong("dorsal.crash.seed");
    return one != null ? LongStream.of(one) : LongStream.rangeClosed(201, 220);
  }

  private void survives(long seed) throws Exception {
    String token = stack.stack().token("rescan-" + UUID.randomUUID(), "TENANT_ADMIN");
    try (Api client = new Api(stack.stack().api(), () -> token, 10)) {
      api = client;
      Requested first = scannedOnce(token);
      Map<String, String> before = ids(first);
      change();
      KillPlan plan = KillPlan.of(seed, READ);
      System.out.println("Crash round of a rescan " + plan);
      long mark = stack.requestsSoFar();
      var again = client.post("/scans", Map.of("source_id", first.source(), "mode", "AUTO"));
      var rescan = new Requested(first.source(), UUID.fromString(again.id()));

      CrashRounds.Followed end = new CrashRounds(stack).follow(plan, rescan);

      System.out.println("Crash round of a rescan " + end);
      assertThat(end.mistakes()).as("%s", plan).isEmpty();
      assertCounts(rescan);
      assertFiles(rescan, before);
      var reads = FirstReads.since(stack.stack().gateway(), mark, photographs.container());
      assertThat(reads.files()).as("%s", plan).isEqualTo(READ);
      assertThat(reads.again()).as("%s", plan).isLessThanOrEqualTo(end.allowed());
    }
  }

  private Requested scannedOnce(String token) throws Exception {
    photographs = Photographs.in(stack.stack());
    Photographs.atOnce(KNOWN, i -> () -> photographs.write(path(i), i));
    WrittenArchive written = photographs.archive(KNOWN);
    var result = DemoScan.run(stack.stack().api(), token, written, (s, l, i, t) -> {});
    assertThat(result.state()).isEqualTo("COMPLETED");
    return new Requested(result.source(), result.scan());
  }

  /** The last ones move, those before them go, the first ones change. */
  private void change() throws Exception {
    Photographs.atOnce(
        ADDED, i -> () -> photographs.write("2025/new_%05d.jpg".formatted(i), 10_000 + i));
    Photographs.atOnce(CHANGED, i -> () -> photographs.write(path(i), 20_000 + i));
    Photographs.atOnce(
        MOVED,
        i ->
            () -> {
              int number = KNOWN - 1 - i;
              photographs.write(moved(number), number);
              return photographs.delete(path(number));
            });
    Photographs.atOnce(GONE, i -> () -> photographs.delete(path(KNOWN - MOVED - 1 - i)));
  }

  private static String path(int number) {
    return "2024/day%d/IMG_%05d.jpg".formatted(number / 100, number);
  }

  private static String moved(int number) {
    return "by place/bay/IMG_%05d.jpg".formatted(number);
  }

  private void assertCounts(Requested rescan) throws Exception {
    var shown = api.get("/scans/" + rescan.scan()).body();
    assertThat(shown.path("mode").asString()).isEqualTo("INCREMENTAL");
    assertThat(shown.path("changes").toString())
        .isEqualTo(
            "{\"new\":%d,\"changed\":%d,\"moved\":%d,\"missing\":%d}"
                .formatted(ADDED, CHANGED, MOVED, GONE));
    assertThat(
            stack
                .rows()
                .of(
                    """
                    select listed, to_inspect, inspected, reused, unreadable, partitions_done,
                           (select count(*) from file_inspection i where i.scan_id = p.scan_id
                              and i.outcome = 'INSPECTED') as rows
                    from scan_progress p where scan_id = ?
                    """,
                    rescan.scan()))
        .containsExactly(
            "{inspected=%d, listed=%d, partitions_done=1, reused=%d, rows=%d, to_inspect=%d, unreadable=0}"
                .formatted(READ, KNOWN + ADDED - GONE, KNOWN - CHANGED - MOVED - GONE, READ, READ));
  }

  private void assertFiles(Requested rescan, Map<String, String> before) throws Exception {
    assertThat(
            stack
                .rows()
                .of(
                    """
                    select count(*) as files, count(distinct path) as paths,
                           count(*) filter (where state = 'MISSING') as gone,
                           count(*) filter (where content_version = 2) as changed,
                           count(*) filter (where cardinality(previous_paths) > 0) as moved
                    from found_file where source_id = ?
                    """,
                    rescan.source()))
        .containsExactly(
            "{changed=%d, files=%d, gone=%d, moved=%d, paths=%d}"
                .formatted(CHANGED, KNOWN + ADDED, GONE, MOVED, KNOWN + ADDED));
    Map<String, String> after = ids(rescan);
    for (int i = 0; i < KNOWN; i++) {
      boolean went = i >= KNOWN - MOVED;
      assertThat(after.get(went ? moved(i) : path(i))).isEqualTo(before.get(path(i)));
    }
  }

  private static Map<String, String> ids(Requested scan) throws InterruptedException {
    List<String> rows =
        stack.rows().of("select id, path from found_file where source_id = ?", scan.source());
    return rows.stream()
        .collect(
            java.util.stream.Collectors.toMap(
                row -> row.replaceFirst("(?s).*path=(.*)}", "$1"),
                row -> row.replaceFirst("(?s).*id=([^,]*),.*", "$1")));
  }
}
