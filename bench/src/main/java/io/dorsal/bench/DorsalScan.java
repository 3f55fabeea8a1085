package io.dorsal.bench;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.api.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Dorsal itself: a scan asked for over HTTP, done by worker processes, its rows in PostgreSQL. */
final class DorsalScan {

  private static final Duration POLL = Duration.ofMillis(250);

  private final BenchStack stack;
  private final BlobStore store;
  private String source = "";

  DorsalScan(BenchStack stack, BlobStore store) {
    this.stack = stack;
    this.store = store;
  }

  /** One first scan of a source nobody has seen. */
  Sample first(StubFiles files) throws InterruptedException {
    source = stack.source(store);
    return again(files);
  }

  /** The next scan of the source that was scanned last, in which nothing changed. */
  Sample again(StubFiles files) throws InterruptedException {
    Meter meter = Meter.start(store, stack.parts(store));
    String id = stack.api().post("/scans", Map.of("source_id", source)).id();
    JsonNode scan = ended(stack.api(), id);
    Sample sample =
        meter.stop(
            files.all().size(),
            Duration.between(at(scan, "requested_at"), at(scan, "finished_at")));
    lookedAt(stack.api(), id);
    return sample;
  }

  /** The scan once it is complete. */
  static JsonNode ended(Api api, String scan) throws InterruptedException {
    while (true) {
      JsonNode now = api.get("/scans/" + scan).body();
      String state = now.path("state").asString("");
      switch (state) {
        case "COMPLETED" -> {
          return now;
        }
        case "FAILED", "CANCELED", "PAUSED_AUTH" ->
            throw new IllegalStateException("The scan ended " + state + ": " + now.path("cause"));
        default -> Thread.sleep(POLL);
      }
    }
  }

  /** Waits for what a worker does with the names of a complete scan: it would meet the next run. */
  private static void lookedAt(Api api, String scan) throws InterruptedException {
    while (api.get("/scans/" + scan + "/patterns").body().path("detected_at").isNull()
        || api.get("/scans/" + scan + "/summary").body().path("counted_at").isNull()) {
      Thread.sleep(POLL);
    }
  }

  private static Instant at(JsonNode scan, String member) {
    return Instant.parse(scan.path(member).asString());
  }
}
