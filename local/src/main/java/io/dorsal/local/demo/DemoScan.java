package io.dorsal.local.demo;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One archive connected and scanned through the HTTP API, as an archive's owner would do it. */
public final class DemoScan {

  private static final Duration POLL = Duration.ofMillis(500);

  /** The demo kills processes and goes on. */
  private static final int ATTEMPTS = 10;

  /** Told what the scan says about itself. */
  @FunctionalInterface
  public interface Watcher {

    /** The phase changes from listing to inspecting; then the total is known. */
    void at(String state, long listed, long inspected, long toInspect);
  }

  /**
   * A scan that has come to rest.
   *
   * @param progress as the API gives it
   */
  public record Result(UUID source, UUID scan, String state, JsonNode progress) {}

  /** A scan that was asked for. */
  public record Requested(UUID source, UUID scan) {}

  private DemoScan() {}

  /**
   * Runs one scan to its end, whatever end that is; a scan that waits for a new secret counts as
   * ended.
   *
   * @throws IllegalStateException when the API refuses a request
   */
  public static Result run(String api, String token, WrittenArchive archive, Watcher watcher)
      throws InterruptedException {
    try (Api client = new Api(api, () -> token, ATTEMPTS)) {
      return await(client, request(client, archive), watcher);
    }
  }

  /**
   * Connects the archive and asks for one scan.
   *
   * @throws IllegalStateException when the API refuses a request
   */
  public static Requested request(String api, String token, WrittenArchive archive)
      throws InterruptedException {
    try (Api client = new Api(api, () -> token, ATTEMPTS)) {
      return request(client, archive);
    }
  }

  private static Requested request(Api client, WrittenArchive archive) throws InterruptedException {
    ApiAnswer connection =
        client.post(
            "/connections",
            Map.of(
                "name",
                "Demo " + archive.container(),
                "kind",
                "AZURE_BLOB",
                "account_name",
                archive.account_name(),
                "blob_endpoint",
                archive.blob_endpoint(),
                "auth_type",
                "SAS_TOKEN",
                "secret",
                archive.sas(),
                "containers",
                List.of(archive.container())));
    ApiAnswer source =
        client.post(
            "/sources",
            Map.of(
                "connection_id",
                connection.id(),
                "name",
                "Demo " + archive.container(),
                "container",
                archive.container(),
                "prefix",
                archive.prefix()));
    ApiAnswer scan = client.post("/scans", Map.of("source_id", source.id()));
    return new Requested(UUID.fromString(source.id()), UUID.fromString(scan.id()));
  }

  private static Result await(Api client, Requested requested, Watcher watcher)
      throws InterruptedException {
    while (true) {
      JsonNode now = client.get("/scans/" + requested.scan()).body();
      String state = now.path("state").asString("");
      JsonNode progress = now.path("progress");
      watcher.at(
          state,
          progress.path("listed").asLong(0),
          progress.path("inspected").asLong(0),
          progress.path("to_inspect").asLong(0));
      switch (state) {
        case "COMPLETED", "FAILED", "CANCELED", "PAUSED_AUTH" -> {
          return new Result(requested.source(), requested.scan(), state, progress);
        }
        default -> Thread.sleep(POLL);
      }
    }
  }
}
