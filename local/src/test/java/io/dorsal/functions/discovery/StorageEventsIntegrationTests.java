package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.demo.WrittenArchive;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Event Grid's deliveries to two hosts over the real door; quiet is 8 s here, timers run as
 * shipped.
 */
@ExtendWith(ApiStack.Started.class)
class StorageEventsIntegrationTests {

  private static final String DOOR =
      "/runtime/webhooks/EventGrid?functionName=StorageChanged&code=any";

  /** Acceptance scenario 16 with shorter times. */
  @Test
  void manyEventsStartOneScanWhenItIsQuiet(ApiStack api) throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(60);
    String source = api.source(admin, archive);
    var begun = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}");
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    String whole = begun.at("/id");
    api.awaitScan(admin, whole, "COMPLETED");
    var folder = api.get("/scans/" + whole + "/tree?limit=1", admin).body().at("/children/0");
    assertThat(folder.path("kind").asString()).isEqualTo("FOLDER");
    try (SecondHost second = SecondHost.beside(api.stack(), ApiStack.SHORTENED)) {
      List<String> hosts = List.of(api.stack().api(), second.address());
      for (String host : hosts) {
        assertThat(deliver(host, "SubscriptionValidation", validation())).contains("code-16");
      }
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 178; i++) {
        told.add(event(archive, UUID.randomUUID().toString(), "told/" + i % 6 + "/" + i + ".jpg"));
      }
      String known = folder.path("name").asString() + "/new.jpg";
      told.add(event(archive, UUID.randomUUID().toString(), known));
      told.add(event(archive, UUID.randomUUID().toString(), known));
      told.addAll(told.subList(100, 120));
      Collections.shuffle(told, new Random(16));
      for (int i = 0; i < told.size(); i += 4) {
        String batch = "[" + String.join(",", told.subList(i, i + 4)) + "]";
        deliver(hosts.get(i / 4 % 2), "Notification", batch);
        Thread.sleep(50);
      }

      String scan =
          api.await(
              "the scan begins",
              () -> {
                var found = api.get("/scans?trigger=EVENT&source_id=" + source, admin);
                return found.at("/items/0/id").isEmpty() ? null : found.at("/items/0/id");
              });
      var done = api.awaitScan(admin, scan, "COMPLETED");
      assertThat(done.at("/mode")).isEqualTo("INCREMENTAL");
      assertThat(done.at("/requested_by")).isEqualTo("events");
      assertThat(done.body().path("prefixes")).hasSize(7);
      // Only what events told of is listed, and nothing in it has changed.
      assertThat(done.body().at("/progress/listed").asInt())
          .isEqualTo(folder.path("file_count").asInt())
          .isPositive();
      assertThat(done.body().at("/progress/inspected").asInt(-1)).isZero();
      assertThat(
              api.rows(
                  "select s.requested_at - max(e.received_at) >= interval '8 seconds'"
                      + " from scan s, storage_event e where s.id = '"
                      + scan
                      + "' group by s.requested_at"))
          .containsExactly("t");
      // Without a mark nothing can begin a second one.
      assertThat(api.get("/scans?source_id=" + source, admin).body().path("items")).hasSize(2);
      String dirty = "select 1 from source_dirty where source_id = '" + source + "'";
      assertThat(api.rows(dirty)).isEmpty();
    }
  }

  /** Hands Event Grid's body to a host. */
  static String deliver(String host, String kind, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(host + DOOR))
            .header("aeg-event-type", kind)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isBetween(200, 202);
    return answer.body();
  }

  private static String validation() {
    return """
    [{"id": "1", "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
      "data": {"validationCode": "code-16"}}]
    """;
  }

  /** That a file was written. */
  static String event(WrittenArchive archive, String id, String path) {
    return """
    {"topic": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/%s",
     "subject": "/blobServices/default/containers/%s/blobs/%s",
     "eventType": "Microsoft.Storage.BlobCreated", "eventTime": "2026-11-21T06:00:00Z",
     "id": "%s", "data": {"api": "PutBlob", "url": "%s/%s/%s"}, "dataVersion": "1"}
    """
        .formatted(
            archive.account_name(),
            archive.container(),
            path,
            id,
            archive.blob_endpoint(),
            archive.container(),
            path);
  }
}
