package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Rounds;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.api.Api;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The folders of a scan over HTTP, one call after another, against a call that shows one row: what
 * a folder costs beyond what every call does. What is counted per second are calls.
 */
final class TreeBench implements Bench.OfStack {

  private static final int MOST = 1_000;

  private final BenchStack stack;
  private final BlobStore store;
  private final StubFiles files;
  private final List<String> folders;
  private double slowest;

  TreeBench(BenchStack stack, BlobStore store, StubFiles files) {
    this.stack = stack;
    this.store = store;
    this.files = files;
    this.folders = folders(files);
  }

  /** Folders of every depth, the root among them, at most so many. */
  private static List<String> folders(StubFiles files) {
    var all = new TreeSet<>(List.of(""));
    for (StubFile file : files.all()) {
      String name = file.name();
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        all.add(name.substring(0, slash + 1));
      }
    }
    List<String> sorted = List.copyOf(all);
    int step = Math.max(1, sorted.size() / MOST);
    return IntStream.iterate(0, at -> at < sorted.size(), at -> at + step)
        .mapToObj(sorted::get)
        .toList();
  }

  @Override
  public Report run(int runs, int inFlight) throws IOException, InterruptedException {
    String scan = listed();
    Report report =
        new Rounds("the scan's own page", () -> calls(path -> "/scans/" + scan))
            .add("a folder's first page", () -> calls(path -> tree(scan, path, "")))
            .add("all pages of a folder", () -> pages(scan))
            .warmUp(1)
            .run(
                "tree",
                "Tree of a scan of %,d files, %,d folders, one call after another"
                    .formatted(files.all().size(), folders.size()),
                runs);
    return report.with(
        String.format(Locale.ROOT, "Slowest page of a folder: %.0f ms; the goal is 300.", slowest));
  }

  /** A scan that reads next to nothing: the tree is made of the listing. */
  private String listed() throws InterruptedException {
    var request = Map.of("source_id", stack.source(store), "classes", List.of("DATA"));
    String scan = stack.api().post("/scans", request).id();
    DorsalScan.ended(stack.api(), scan);
    return scan;
  }

  private static String tree(String scan, String path, String cursor) {
    var query = new HashMap<String, @Nullable String>();
    query.put("path", path);
    query.put("limit", "500");
    query.put("cursor", cursor.isEmpty() ? null : cursor);
    return Api.path("/scans/" + scan + "/tree", query);
  }

  /** What is asked about a folder. */
  private interface Asked {
    String of(String path);
  }

  private Sample calls(Asked asked) throws InterruptedException {
    Meter meter = Meter.start(store, stack.parts(store));
    for (String folder : folders) {
      get(asked.of(folder));
    }
    return meter.stop(folders.size());
  }

  private Sample pages(String scan) throws InterruptedException {
    Meter meter = Meter.start(store, stack.parts(store));
    int pages = 0;
    for (String folder : folders) {
      String cursor = "";
      do {
        long start = System.nanoTime();
        JsonNode page = get(tree(scan, folder, cursor));
        slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
        cursor = page.path("next_cursor").asString("");
        pages++;
      } while (!cursor.isEmpty());
    }
    return meter.stop(pages);
  }

  private JsonNode get(String path) throws InterruptedException {
    return stack.api().get(path).body();
  }
}
