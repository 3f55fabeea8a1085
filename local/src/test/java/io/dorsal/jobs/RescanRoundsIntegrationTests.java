package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.jobs.SourceModel.Found;
import io.dorsal.jobs.SourceModel.Stored;
import io.dorsal.local.api.Api;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.storage.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Rounds of random changes, each with a rescan, after which the database holds what a model of
 * section 2.7 holds. In every third round most files go, in every third a worker is killed. {@code
 * -Ddorsal.rounds.seed=N} runs other changes.
 */
@ExtendWith(SharedArchive.class)
@SuppressWarnings("NullAway.Init")
class RescanRoundsIntegrationTests {

  private static final long SEED = Long.getLong("dorsal.rounds.seed", 301);

  private static ScannedArchive stack;

  private final SourceModel model = new SourceModel();
  private NavigableMap<String, Stored> stored = new TreeMap<>();
  private Photographs photographs;
  private Api api;

  @BeforeAll
  static void start(ScannedArchive shared) {
    stack = shared;
  }

  @Test
  void sourceIsKnownExactlyAfterEachOfThreeRoundsOfChanges() throws Exception {
    rounds(SEED, 3);
  }

  @Tag("long")
  @Test
  void sourceIsKnownExactlyAfterEachOfTwentyRoundsOfChanges() throws Exception {
    rounds(SEED + 1, 20);
  }

  private void rounds(long seed, int count) throws Exception {
    var random = new Random(seed);
    var changes = new RandomChanges(seed);
    photographs = Photographs.in(stack.stack());
    change(changes.after(stored, model.files(), false));
    String token = stack.stack().token("rounds-" + UUID.randomUUID(), "TENANT_ADMIN");
    try (Api client = new Api(stack.stack().api(), () -> token, 10)) {
      api = client;
      Requested scan =
          DemoScan.request(stack.stack().api(), token, photographs.archive(stored.size()));
      ended(scan, new KillPlan(seed, List.of()), "first scan");
      for (int round = 1; round <= count; round++) {
        boolean mostGo = round % 3 == 2;
        change(changes.after(stored, model.files(), mostGo));
        var plan = new KillPlan(seed, round % 3 == 0 ? death(random) : List.of());
        String mode = random.nextInt(5) == 0 ? "FULL" : "AUTO";
        var asked = api.post("/scans", Map.of("source_id", scan.source(), "mode", mode));
        scan = new Requested(scan.source(), UUID.fromString(asked.id()));
        Found found = ended(scan, plan, "seed " + seed + ", round " + round + ", " + mode);
        assertThat(found.held() > 0 || !mostGo).as("guard in round %d", round).isTrue();
        // What was left open or dismissed is asked again.
        if (found.held() > 0) {
          decide(scan, random.nextInt(3));
        }
      }
    }
  }

  private static List<KillPlan.Moment> death(Random random) {
    Duration after = Duration.ofMillis(random.nextInt(3_000));
    return List.of(new KillPlan.Moment(0, after, List.of(KillPlan.HOLDER)));
  }

  private void change(NavigableMap<String, Stored> after) throws Exception {
    List<Callable<?>> calls = new ArrayList<>();
    after.forEach(
        (path, file) -> {
          if (!file.equals(stored.get(path))) {
            calls.add(() -> photographs.write(path, file.content()));
          }
        });
    stored.keySet().stream()
        .filter(path -> !after.containsKey(path))
        .forEach(path -> calls.add(() -> photographs.delete(path)));
    Photographs.atOnce(calls.size(), calls::get);
    stored = after;
  }

  private Found ended(Requested scan, KillPlan plan, String what) throws Exception {
    var faults = stack.stack().gateway().faults();
    if (!plan.moments().isEmpty()) {
      // So that death meets somebody who reads.
      var reads = "GET /[^/]*/" + photographs.container() + "/.*";
      faults.add(new FaultRule(reads, null, "DELAY 1000", null));
      awaitHolder(scan);
    }
    var end = new CrashRounds(stack).follow(plan, scan);
    faults.clear();
    Found found = model.scan(stored);
    System.out.printf("Rescan, %s: %d files, %s, %s%n", what, stored.size(), found, end);
    assertThat(end.mistakes()).as(what).isEmpty();
    assertFiles(scan, what);
    JsonNode shown = api.get("/scans/" + scan.scan()).body();
    assertThat(shown.path("progress").path("listed").asInt()).as(what).isEqualTo(stored.size());
    JsonNode said = shown.path("changes");
    assertThat(
            new Found(
                said.path("new").asLong(),
                said.path("changed").asLong(),
                said.path("moved").asLong(),
                said.path("missing").asLong(),
                shown.path("guard").path("would_be_missing").asLong(0)))
        .as(what)
        .isEqualTo(found);
    return found;
  }

  private static void awaitHolder(Requested scan) throws Exception {
    ScanFixture.await(
        "somebody at work", () -> !stack.holders(scan).isEmpty() || stack.completed(scan));
  }

  private void assertFiles(Requested scan, String what) throws Exception {
    var found = new DatabaseRows(stack.stack().jdbcUrl()).pairs(SourceModel.ROWS, scan.source());
    assertThat(new TreeMap<>(found)).as(what).isEqualTo(model.rows(found));
  }

  /** One in three leaves the question open, and the next scan asks again. */
  private void decide(Requested scan, int choice) throws Exception {
    String guard = "/scans/" + scan.scan() + "/guard";
    switch (choice) {
      case 0 -> {
        api.post(guard, Map.of("decision", "CONFIRM"));
        model.confirmGone(stored.keySet());
      }
      case 1 -> api.post(guard, Map.of("decision", "DISMISS"));
      default -> {}
    }
    assertFiles(scan, "decision " + choice);
  }
}
