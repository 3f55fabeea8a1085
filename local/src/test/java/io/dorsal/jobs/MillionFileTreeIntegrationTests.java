package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.api.Api;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.stack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Section 2.10 at 1,000,000 files: every folder answers with the numbers of the listing. How long
 * the answers took is printed. {@code -Ddorsal.long.files=N} takes fewer files.
 */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class MillionFileTreeIntegrationTests {

  private static final int FILES = Integer.getInteger("dorsal.long.files", 1_000_000);
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int MOST_OF_A_LEVEL = 500;
  private static final String SAS =
      "sv=2021-12-02&sr=c&sp=rl&spr=https%2Chttp&se=2099-01-01T00%3A00%3A00Z&sig=Z2VuZXJhdGVk";

  @TempDir static Path directory;
  static PlannedTree planned;
  static GeneratedListing store;
  static LocalStack stack;
  static Api api;
  static String scan;

  private final List<Double> milliseconds = new ArrayList<>();

  @BeforeAll
  static void list() throws Exception {
    planned = new PlannedTree(FILES);
    store = new GeneratedListing(DemoArchive.plan(1, 1).plan(0).bytes());
    store.holds(FILES, planned::file);
    stack = LocalStack.start(StackOptions.in(StackDirectory.home(), directory), step -> {});
    String token = stack.token("tree-" + UUID.randomUUID(), "TENANT_ADMIN");
    api = new Api(stack.api(), () -> token, 3);
    // Everything is counted and nothing read: the tree is made of the listing.
    scan = api.post("/scans", Map.of("source_id", source(), "classes", List.of("DATA"))).id();
    ScanFixture.await(
        "the scan's end", PATIENCE, () -> shown("").path("state").asString().equals("COMPLETED"));
  }

  @AfterAll
  static void close() throws Exception {
    api.close();
    stack.close();
    store.close();
  }

  private static String source() throws InterruptedException {
    String connection =
        api.post(
                "/connections",
                Map.of(
                    "name",
                    "Many",
                    "kind",
                    "AZURE_BLOB",
                    "account_name",
                    GeneratedListing.ACCOUNT,
                    "blob_endpoint",
                    store.endpoint(),
                    "auth_type",
                    "SAS_TOKEN",
                    "secret",
                    SAS,
                    "containers",
                    List.of(GeneratedListing.CONTAINER)))
            .id();
    return api.post(
            "/sources",
            Map.of(
                "connection_id",
                connection,
                "name",
                "many",
                "container",
                GeneratedListing.CONTAINER))
        .id();
  }

  private static JsonNode shown(String part) throws InterruptedException {
    return api.get("/scans/" + scan + part).body();
  }

  @Test
  void everyLevelOfTheTreeAddsUpToTheListing() throws Exception {
    assertThat(shown("").path("progress").path("listed").asLong()).isEqualTo(FILES);
    for (int depth = 0; depth <= 3; depth++) {
      List<String> level = planned.level(depth);
      int step = Math.max(1, level.size() / MOST_OF_A_LEVEL);
      for (int at = 0; at < level.size(); at += step) {
        assertFolder(level.get(at));
      }
      print("level " + depth + ", " + level.size() + " folders");
    }
  }

  /** The tree of one class has the folders and files of that class only. */
  @Test
  void treeOfAClassShowsItsFilesOnly() throws Exception {
    String card = planned.level(3).getFirst();
    List<String> texts =
        planned.folder(card).children.stream().filter(name -> name.endsWith(".txt")).toList();
    assertThat(names(pages(card, "DOCUMENT"))).isEqualTo(texts);
    List<JsonNode> unsorted = pages("unsorted/", "DOCUMENT");
    assertThat((long) unsorted.size())
        .isEqualTo(planned.folder("unsorted/").classes.get("DOCUMENT"));
    assertThat(pages("", "DATA")).isEmpty();
    print("by class");
  }

  private void assertFolder(String path) throws InterruptedException {
    PlannedTree.Folder folder = planned.folder(path);
    List<JsonNode> children = pages(path, null);
    assertThat(names(children)).as(path).isEqualTo(folder.children);
    assertThat(children.stream().mapToLong(child -> child.path("file_count").asLong()).sum())
        .as(path)
        .isEqualTo(folder.files);
    assertThat(children.stream().mapToLong(child -> child.path("total_size").asLong()).sum())
        .as(path)
        .isEqualTo(folder.bytes);
    for (JsonNode child : children) {
      PlannedTree.Folder below = planned.at(child.path("path").asString());
      if (below != null) {
        assertNumbers(child, below);
      }
    }
  }

  private static void assertNumbers(JsonNode shown, PlannedTree.Folder folder) {
    assertThat(shown.path("file_count").asLong()).as("%s", shown).isEqualTo(folder.files);
    assertThat(shown.path("total_size").asLong()).as("%s", shown).isEqualTo(folder.bytes);
    JsonNode classes = shown.path("classes");
    assertThat(classes.size()).as("%s", shown).isEqualTo(folder.classes.size());
    folder.classes.forEach(
        (name, files) -> assertThat(classes.path(name).asLong()).as("%s", shown).isEqualTo(files));
  }

  private static List<String> names(List<JsonNode> children) {
    return children.stream().map(child -> child.path("name").asString()).toList();
  }

  /** All pages of a folder; the folder's own numbers are the listing's on each. */
  private List<JsonNode> pages(String path, @Nullable String fileClass)
      throws InterruptedException {
    List<JsonNode> children = new ArrayList<>();
    String cursor = "";
    do {
      var query = new HashMap<String, @Nullable String>();
      query.put("path", path);
      query.put("class", fileClass);
      query.put("limit", "500");
      query.put("cursor", cursor.isEmpty() ? null : cursor);
      long start = System.nanoTime();
      JsonNode page = shown(Api.path("/tree", query));
      milliseconds.add((System.nanoTime() - start) / 1e6);
      assertNumbers(page, planned.folder(path));
      page.path("children").forEach(children::add);
      cursor = page.path("next_cursor").asString("");
    } while (!cursor.isEmpty());
    return children;
  }

  private void print(String what) {
    Collections.sort(milliseconds);
    System.out.printf(
        "Tree of %d files, %s: %d answers, median %.0f ms, 99 %% within %.0f ms, slowest %.0f ms%n",
        FILES,
        what,
        milliseconds.size(),
        milliseconds.get(milliseconds.size() / 2),
        milliseconds.get(milliseconds.size() * 99 / 100),
        milliseconds.getLast());
    milliseconds.clear();
  }
}
