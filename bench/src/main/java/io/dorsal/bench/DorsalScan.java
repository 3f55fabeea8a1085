package io.dorsal.bench;

import io.dorsal.bench.figures.Processes;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.bench.store.StubStore;
import io.dorsal.local.api.Api;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Dorsal itself: a scan asked for over HTTP, done by worker processes, its rows in PostgreSQL. */
final class DorsalScan implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(250);

  private final LocalStack stack;
  private final StubStore store;
  private final Api api;
  private final String connection;
  private int runs;
  private String source = "";

  DorsalScan(LocalStack stack, StubStore store) throws InterruptedException {
    this.stack = stack;
    this.store = store;
    this.api = new Api(stack.api(), () -> stack.token("bench", "TENANT_ADMIN"), 3);
    this.connection =
        api.post(
                "/connections",
                Map.of(
                    "name",
                    "Stub " + store.endpoint(),
                    "kind",
                    "AZURE_BLOB",
                    "account_name",
                    StubStore.ACCOUNT,
                    "blob_endpoint",
                    store.endpoint(),
                    "auth_type",
                    "SAS_TOKEN",
                    "secret",
                    "sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-06-01T00:00:00Z&sig=c3R1Yg"))
            .id();
  }

  /** One first scan of a container nobody has seen. */
  Sample run(StubFiles files) throws InterruptedException {
    String container = "photos-" + ++runs;
    source =
        api.post(
                "/sources",
                Map.of(
                    "connection_id", connection,
                    "name", container,
                    "container", container,
                    "prefix", ""))
            .id();
    return scanned(source, files);
  }

  /** The next scan of the container that was scanned last, in which nothing changed. */
  Sample again(StubFiles files) throws InterruptedException {
    return scanned(source, files);
  }

  private Sample scanned(String source, StubFiles files) throws InterruptedException {
    List<Long> workers = workers();
    long requests = store.requests();
    long bytes = store.bytes();
    Duration cpu = Processes.cpu(workers);
    JsonNode scan = ended(api.post("/scans", Map.of("source_id", source)).id());
    return new Sample(
        files.all().size(),
        Duration.between(at(scan, "requested_at"), at(scan, "finished_at")),
        store.requests() - requests,
        store.bytes() - bytes,
        Processes.cpu(workers).minus(cpu),
        Processes.peakKib(workers));
  }

  private JsonNode ended(String scan) throws InterruptedException {
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

  private static Instant at(JsonNode scan, String member) {
    return Instant.parse(scan.path(member).asString());
  }

  private List<Long> workers() {
    return stack.processes().stream()
        .filter(process -> process.name().startsWith("worker-"))
        .map(SupervisedProcess::pid)
        .flatMapToLong(OptionalLong::stream)
        .boxed()
        .toList();
  }

  @Override
  public void close() {
    api.close();
  }
}
