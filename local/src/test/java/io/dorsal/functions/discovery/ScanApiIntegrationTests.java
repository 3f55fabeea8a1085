package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.archive.Ledger;
import io.dorsal.local.archive.LedgerEntry;
import io.dorsal.local.demo.WrittenArchive;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One scan from the request to its results. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class ScanApiIntegrationTests {

  private static final int FILES = 300;

  private static final String TENANT = ApiStack.tenant();
  private static String admin;
  private static WrittenArchive archive;
  private static String source;
  private static String scan;
  private static Answer done;

  @BeforeAll
  static void scanOnce(ApiStack api) {
    admin = api.token(TENANT, "TENANT_ADMIN");
    archive = api.archive(FILES);
    source = api.source(admin, archive);
    Answer started = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    scan = started.at("/id");
    assertThat(started.headers()).containsEntry("Location", "/api/v1/scans/" + scan);
    done = api.awaitScan(admin, scan, "COMPLETED");
  }

  @Test
  void theCountersAddUp() {
    JsonNode progress = done.body().path("progress");
    assertThat(progress.path("phase").asString()).isEqualTo("DONE");
    assertThat(progress.path("inspected").asInt())
        .isPositive()
        .isEqualTo(progress.path("to_inspect").asInt());
    assertThat(progress.path("listed").asInt() + done.body().path("excluded").asInt())
        .isEqualTo(FILES);
    assertThat(progress.path("partitions_done").asInt()).isEqualTo(1);
    assertThat(done.body().path("cause").isNull()).isTrue();
  }

  @Test
  void everyFileIsListedOnceWhateverThePageSize(ApiStack api) {
    List<JsonNode> small = all(api, "/files?limit=7");
    List<JsonNode> large = all(api, "/files?limit=500");

    assertThat(small).isEqualTo(large);
    assertThat(small).hasSize(done.body().at("/progress/listed").asInt());
    assertThat(small.stream().map(file -> file.path("id").asString())).doesNotHaveDuplicates();
    List<String> paths = small.stream().map(file -> file.path("path").asString()).toList();
    List<String> sorted = new ArrayList<>(paths);
    sorted.sort((a, b) -> compareCodePoints(a, b));
    assertThat(paths).isEqualTo(sorted);
  }

  @Test
  void theTreeLeadsToEveryFile(ApiStack api) {
    Set<String> found = new TreeSet<>();
    JsonNode root = walk(api, "", found);
    List<String> listed =
        all(api, "/files?limit=500").stream().map(f -> f.path("path").asString()).toList();

    assertThat(found).containsExactlyInAnyOrderElementsOf(listed);
    assertThat(root.path("file_count").asInt()).isEqualTo(listed.size());
    assertThat(tree(api, "no such folder").status()).isEqualTo(404);
  }

  /** What a folder holds by class, as the archive's ledger counts it at every depth. */
  @Test
  void everyFolderTellsNumberAndBytesOfEachClassBelowIt(ApiStack api) throws IOException {
    List<LedgerEntry> files;
    try (var ledger = Ledger.read(Path.of(archive.ledger()))) {
      files = ledger.toList();
    }
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    Map<String, Map<String, Long>> sizes = new TreeMap<>();
    for (LedgerEntry file : files) {
      String type = String.valueOf(file.fileClass());
      for (int at = 0; !file.excluded() && at >= 0; at = file.path().indexOf('/', at) + 1) {
        String folder = file.path().substring(0, at);
        counts.computeIfAbsent(folder, _ -> new TreeMap<>()).merge(type, 1L, Long::sum);
        sizes.computeIfAbsent(folder, _ -> new TreeMap<>()).merge(type, file.size(), Long::sum);
        if (file.path().indexOf('/', at) < 0) {
          break;
        }
      }
    }
    assertThat(sizes.get("")).hasSizeGreaterThan(3);
    for (String folder : sizes.keySet()) {
      JsonNode told = tree(api, folder).body();
      assertThat(byClass(told.path("classes"))).as(folder).isEqualTo(counts.get(folder));
      assertThat(byClass(told.path("class_sizes"))).as(folder).isEqualTo(sizes.get(folder));
      for (JsonNode child : told.path("children")) {
        String path = child.path("path").asString();
        assertThat(byClass(child.path("class_sizes")))
            .as(path)
            .isEqualTo(
                child.path("kind").asString().equals("FOLDER")
                    ? sizes.get(path)
                    : Map.of(
                        child.at("/classes").propertyNames().iterator().next(),
                        child.path("total_size").asLong()));
      }
    }
  }

  private static Map<String, Long> byClass(JsonNode numbers) {
    Map<String, Long> read = new TreeMap<>();
    numbers.propertyStream().forEach(each -> read.put(each.getKey(), each.getValue().asLong()));
    return read;
  }

  /** Folders by pages of three, and every folder's recursive number against what lies below. */
  private static JsonNode walk(ApiStack api, String path, Set<String> found) {
    int before = found.size();
    List<JsonNode> children = new ArrayList<>();
    JsonNode folder = null;
    String cursor = "";
    do {
      String page = "&limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
      Answer answer = api.get("/scans/" + scan + "/tree?path=" + encoded(path) + page, admin);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      folder = answer.body();
      folder.path("children").forEach(children::add);
      cursor = answer.at("/next_cursor");
    } while (!cursor.isEmpty());
    for (JsonNode child : children) {
      if (child.path("kind").asString().equals("FOLDER")) {
        walk(api, child.path("path").asString(), found);
      } else {
        assertThat(found.add(child.path("path").asString())).isTrue();
      }
    }
    assertThat(folder.path("file_count").asInt()).as(path).isEqualTo(found.size() - before);
    return folder;
  }

  @Test
  void filtersChooseWhatTheySay(ApiStack api) {
    List<JsonNode> files = all(api, "/files?limit=500");
    assertThat(all(api, "/files?class=RAW"))
        .isNotEmpty()
        .isEqualTo(files.stream().filter(f -> f.path("class").asString().equals("RAW")).toList());
    assertThat(all(api, "/files?state=UNREADABLE"))
        .isNotEmpty()
        .isEqualTo(
            files.stream().filter(f -> f.path("state").asString().equals("UNREADABLE")).toList());
    assertThat(all(api, "/files?state=COUNTED"))
        .isNotEmpty()
        .isEqualTo(
            files.stream().filter(f -> f.path("state").asString().equals("COUNTED")).toList());
    assertThat(all(api, "/files?has_gps=true&has_date=true"))
        .isNotEmpty()
        .isEqualTo(
            files.stream()
                .filter(f -> !f.path("latitude").isNull() && !f.path("local_taken_at").isNull())
                .toList());
    assertThat(all(api, "/files?q=" + encoded("img_")))
        .isNotEmpty()
        .isEqualTo(
            files.stream()
                .filter(
                    f ->
                        f.path("path")
                            .asString()
                            .toUpperCase(java.util.Locale.ROOT)
                            .contains("IMG_"))
                .toList());
    JsonNode dated =
        files.stream().filter(f -> !f.path("local_taken_at").isNull()).findFirst().orElseThrow();
    String day = dated.path("local_taken_at").asString().substring(0, 10);
    assertThat(all(api, "/files?from=" + day + "&to=" + day))
        .contains(dated)
        .allMatch(f -> f.path("local_taken_at").asString().startsWith(day));
    String path = dated.path("path").asString();
    assertThat(all(api, "/files?path_prefix=" + encoded(path))).contains(dated);
    String camera = dated.path("camera_key").asString();
    assertThat(all(api, "/files?camera_key=" + encoded(camera)))
        .contains(dated)
        .allMatch(f -> f.path("camera_key").asString().equals(camera));
  }

  @Test
  void everyIssueHasAFix(ApiStack api) {
    List<JsonNode> issues = all(api, "/issues?limit=4");
    assertThat(issues)
        .hasSize(done.body().path("issues_count").asInt())
        .allMatch(issue -> !issue.path("fix").asString().isEmpty())
        .allMatch(issue -> !issue.path("code").isNull() || !issue.path("notes").isEmpty());
    assertThat(all(api, "/issues?code=CORRUPT")).isNotEmpty().isSubsetOf(issues);
  }

  @Test
  void aFileTellsEverything(ApiStack api) {
    JsonNode listed = all(api, "/files?has_gps=true&limit=500").getFirst();
    Answer file = api.get("/scans/" + scan + "/files/" + listed.path("id").asString(), admin);

    assertThat(file.status()).as(file.text()).isEqualTo(200);
    assertThat(file.at("/path")).isEqualTo(listed.path("path").asString());
    assertThat(file.body().at("/metadata/position/latitude").asDouble())
        .isEqualTo(listed.path("latitude").asDouble());
    assertThat(file.at("/metadata/position/origin")).isNotEmpty();
    assertThat(file.at("/head_hash")).matches("[0-9a-f]{64}");
    assertThat(file.body().path("tags").isEmpty()).isFalse();
    assertThat(api.get("/scans/" + scan + "/files/" + UUID.randomUUID(), admin).status())
        .isEqualTo(404);
  }

  @Test
  void theSummaryCountsWhatTheListsShow(ApiStack api) {
    Answer summary = api.get("/scans/" + scan + "/summary", admin);
    List<JsonNode> files = all(api, "/files?limit=500");

    assertThat(summary.body().path("total_files").asInt()).isEqualTo(files.size());
    assertThat(summary.body().path("total_size").asLong())
        .isEqualTo(files.stream().mapToLong(f -> f.path("size").asLong()).sum());
    assertThat(summary.body().at("/images/total").asInt())
        .isEqualTo(all(api, "/files?class=IMAGE").size() + all(api, "/files?class=RAW").size());
    summary
        .body()
        .path("issues")
        .forEach(
            issue ->
                assertThat(all(api, "/issues?code=" + issue.path("code").asString()))
                    .hasSize(issue.path("files").asInt()));
    assertThat(summary.body().at("/images/cameras").isEmpty()).isFalse();
  }

  @Test
  void viewersSeeCountsAndNoNames(ApiStack api) {
    String viewer = api.token(TENANT, "VIEWER");
    String path = "/scans/" + scan;

    Answer counts = api.get(path, viewer);
    assertThat(counts.status()).isEqualTo(200);
    assertThat(List.of("prefix", "prefixes", "include", "exclude"))
        .allMatch(name -> counts.body().path(name).isNull())
        .noneMatch(name -> api.get(path, admin).body().path(name).isNull());
    assertThat(api.get(path + "/summary", viewer).body().at("/images/cameras").isNull()).isTrue();
    assertThat(List.of("/files", "/tree", "/issues", "/files/" + UUID.randomUUID()))
        .allSatisfy(
            part -> {
              assertThat(api.get(path + part, viewer).status()).isEqualTo(403);
              assertThat(api.get(path + part, api.token(TENANT, "EXPERT")).status()).isEqualTo(403);
            });
    assertThat(api.get(path + "/files", api.token(TENANT, "PROFESSIONAL")).status()).isEqualTo(200);
  }

  @Test
  void anotherTenantSeesNothing(ApiStack api) {
    String theirs = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    String file = all(api, "/files?limit=1&class=DATA").getFirst().path("id").asString();

    assertThat(List.of("", "/summary", "/files", "/tree", "/issues", "/files/" + file))
        .allSatisfy(
            part -> assertThat(api.get("/scans/" + scan + part, theirs).status()).isEqualTo(404));
    assertThat(api.post("/scans/" + scan + "/cancel", theirs, null).status()).isEqualTo(404);
    assertThat(api.post("/scans/" + scan + "/resume", theirs, null).status()).isEqualTo(404);
    assertThat(api.post("/scans", theirs, "{\"source_id\":\"" + source + "\"}").status())
        .isEqualTo(404);
    assertThat(api.get("/scans", theirs).body().path("items")).isEmpty();
    assertThat(api.get("/sources", theirs).body().path("items")).isEmpty();
  }

  @Test
  void aFinishedScanIsNeitherCanceledNorResumed(ApiStack api) {
    Answer canceled = api.post("/scans/" + scan + "/cancel", admin, null);
    assertThat(canceled.status()).isEqualTo(409);
    assertThat(canceled.at("/code")).isEqualTo("SCAN_STATE");
    assertThat(canceled.at("/details/state")).isEqualTo("COMPLETED");
    assertThat(api.post("/scans/" + scan + "/resume", admin, null).at("/code"))
        .isEqualTo("SCAN_STATE");
  }

  private static List<JsonNode> all(ApiStack api, String list) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      String path = "/scans/" + scan + list + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
      Answer page = api.get(path, admin);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.body().path("items").forEach(items::add);
      cursor = page.at("/next_cursor");
    } while (!cursor.isEmpty());
    return items;
  }

  private static Answer tree(ApiStack api, String path) {
    return api.get("/scans/" + scan + "/tree?path=" + encoded(path), admin);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int compareCodePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
