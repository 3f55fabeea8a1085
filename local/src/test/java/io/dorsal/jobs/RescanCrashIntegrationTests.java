package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.local.api.Api;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.demo.WrittenArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes are killed at random moments of a rescan in which files are new, changed, moved and
 * gone; afterwards every count is exact and no file is there twice. {@code -Ddorsal.crash.seed=N}
 * runs one seed again.
 */
@SuppressWarnings("NullAway.Init")
class RescanCrashIntegrationTests {

  private static final int KNOWN = 1_500;
  private static final int ADDED = 900;
  private static final int CHANGED = 700;
  private static final int MOVED = 200;
  private static final int GONE = 100;
  private static final int READ = ADDED + CHANGED + MOVED;

  @TempDir static Path directory;
  private static ScannedArchive stack;
  private static byte[] photograph;

  private BlobContainerClient container;
  private Api api;

  @BeforeAll
  static void start() throws Exception {
    stack = ScannedArchive.start(directory, 1);
    photograph = DemoArchive.light(3, 40).plan(0).bytes();
  }

  @AfterAll
  static void close() throws Exception {
    stack.close();
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
      var reads = FirstReads.since(stack.stack().gateway(), mark, container.getBlobContainerName());
      assertThat(reads.files()).as("%s", plan).isEqualTo(READ);
      assertThat(reads.again()).as("%s", plan).isLessThanOrEqualTo(end.allowed());
    }
  }

  private Requested scannedOnce(String token) throws Exception {
    String name = "rescan" + UUID.randomUUID().toString().replace("-", "");
    container = stack.stack().containers().client("source", name);
    container.create();
    atOnce(KNOWN, i -> () -> upload(path(i), i));
    var written =
        new WrittenArchive(
            "source",
            stack.stack().containers().endpoint("source"),
            name,
            "",
            stack.stack().containers().readSas("source", name, Duration.ofDays(1)),
            KNOWN,
            3,
            "none");
    var result = DemoScan.run(stack.stack().api(), token, written, (s, l, i, t) -> {});
    assertThat(result.state()).isEqualTo("COMPLETED");
    return new Requested(result.source(), result.scan());
  }

  /** The last ones move, those before them go, the first ones change. */
  private void change() throws Exception {
    atOnce(ADDED, i -> () -> upload("2025/new_%05d.jpg".formatted(i), 10_000 + i));
    atOnce(CHANGED, i -> () -> upload(path(i), 20_000 + i));
    atOnce(
        MOVED,
        i ->
            () -> {
              int number = KNOWN - 1 - i;
              upload(moved(number), number);
              container.getBlobClient(path(number)).delete();
              return null;
            });
    atOnce(
        GONE,
        i ->
            () -> {
              container.getBlobClient(path(KNOWN - MOVED - 1 - i)).delete();
              return null;
            });
  }

  private static String path(int number) {
    return "2024/day%d/IMG_%05d.jpg".formatted(number / 100, number);
  }

  private static String moved(int number) {
    return "by place/bay/IMG_%05d.jpg".formatted(number);
  }

  private static void atOnce(int count, IntFunction<Callable<?>> each) throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var done : IntStream.range(0, count).mapToObj(each).map(threads::submit).toList()) {
        done.get();
      }
    }
  }

  /** The photograph with a trailer of its own, so that no two are equal. */
  private Object upload(String path, int number) {
    byte[] own = Arrays.copyOf(photograph, photograph.length + 4);
    own[photograph.length] = (byte) number;
    own[photograph.length + 1] = (byte) (number >> 8);
    own[photograph.length + 2] = (byte) (number >> 16);
    container.getBlobClient(path).upload(BinaryData.fromBytes(own), true);
    return path;
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
