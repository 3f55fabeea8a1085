package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.WrittenArchive;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Scenarios 13 to 15 of section 7.2: the same source, scanned again. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class RescanScenariosIntegrationTests {

  @TempDir Path ledgers;

  private ApiStack api;
  private String admin;
  private String source;
  private BlobContainerClient container;

  @BeforeEach
  void connect(ApiStack started) {
    api = started;
    admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
  }

  /** An archive of images of few bytes. */
  private void archive(int files) throws Exception {
    String name = "rescan" + UUID.randomUUID().toString().replace("-", "");
    container = api.stack().containers().client("source", name);
    container.create();
    byte[] photograph = DemoArchive.light(3, 40).plan(0).bytes();
    atOnce(
        IntStream.range(0, files)
            .mapToObj(
                i -> () -> upload("2024/day%d/IMG_%04d.jpg".formatted(i / 100, i), photograph, i)));
    var written =
        new WrittenArchive(
            "source",
            api.stack().containers().endpoint("source"),
            name,
            "",
            api.stack().containers().readSas("source", name, Duration.ofDays(1)),
            files,
            3,
            Files.createTempFile(ledgers, "none", "").toString());
    source = api.source(admin, written);
  }

  private static void atOnce(Stream<Runnable> requests) throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var request : requests.map(threads::submit).toList()) {
        request.get();
      }
    }
  }

  /** The photograph with a trailer of its own, so that no two are equal. */
  private void upload(String path, byte[] photograph, int number) {
    byte[] own = java.util.Arrays.copyOf(photograph, photograph.length + 4);
    own[photograph.length] = (byte) number;
    own[photograph.length + 1] = (byte) (number >> 8);
    own[photograph.length + 2] = (byte) (number >> 16);
    container.getBlobClient(path).upload(BinaryData.fromBytes(own), true);
  }

  private Answer scan() {
    Answer requested = request();
    return api.awaitScan(admin, requested.at("/id"), "COMPLETED");
  }

  private Answer request() {
    return api.post("/scans", admin, "{\"source_id\":\"%s\",\"mode\":\"AUTO\"}".formatted(source));
  }

  private Map<String, String> ids(Answer scan) {
    Map<String, String> ids = new TreeMap<>();
    String files = "/scans/" + scan.at("/id") + "/files?limit=500";
    for (JsonNode file : api.get(files, admin).body().path("items")) {
      ids.put(file.path("path").asString(), file.path("id").asString());
    }
    return ids;
  }

  @Test
  void scenario13NextScanInspectsWhatIsNewOrChanged() throws Exception {
    archive(40);
    scan();
    byte[] photograph = DemoArchive.light(3, 40).plan(0).bytes();
    for (int i = 0; i < 3; i++) {
      upload("2025/new%d.jpg".formatted(i), photograph, 1_000 + i);
    }
    upload("2024/day0/IMG_0007.jpg", photograph, 2_000);
    upload("2024/day0/IMG_0009.jpg", photograph, 2_001);
    long mark = api.stack().gateway().log().since(Long.MAX_VALUE).next();

    Answer second = scan();

    assertThat(second.at("/mode")).isEqualTo("INCREMENTAL");
    assertThat(second.at("/progress/inspected")).isEqualTo("5");
    assertThat(second.at("/progress/to_inspect")).isEqualTo("5");
    assertThat(second.at("/progress/reused")).isEqualTo("38");
    assertThat(second.body().path("changes").toString())
        .isEqualTo("{\"new\":3,\"changed\":2,\"moved\":0,\"missing\":0}");
    String blobs = "/" + container.getBlobContainerName() + "/";
    assertThat(
            api.stack().gateway().log().since(mark).entries().stream()
                .filter(entry -> entry.path().contains(blobs))
                .map(entry -> URLDecoder.decode(entry.path(), StandardCharsets.UTF_8))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .distinct())
        .containsExactlyInAnyOrder(
            "new0.jpg", "new1.jpg", "new2.jpg", "IMG_0007.jpg", "IMG_0009.jpg");
  }

  @Test
  void scenario14RenamedFilesKeepTheirIds() throws Exception {
    archive(40);
    Map<String, String> before = ids(scan());
    for (int i = 0; i < 10; i++) {
      String from = "2024/day0/IMG_%04d.jpg".formatted(i);
      byte[] bytes = container.getBlobClient(from).downloadContent().toBytes();
      String to = "by place/bay/IMG_%04d.jpg".formatted(i);
      container.getBlobClient(to).upload(BinaryData.fromBytes(bytes), true);
      container.getBlobClient(from).delete();
    }

    Answer second = scan();

    assertThat(second.body().path("changes").toString())
        .isEqualTo("{\"new\":0,\"changed\":0,\"moved\":10,\"missing\":0}");
    Map<String, String> after = ids(second);
    assertThat(after.values()).containsExactlyInAnyOrderElementsOf(before.values());
    String files = "/scans/" + second.at("/id") + "/files";
    List<JsonNode> moved =
        api.get(files + "?state=MOVED", admin).body().path("items").valueStream().toList();
    assertThat(moved).hasSize(10);
    for (JsonNode file : moved) {
      Answer detail = api.get(files + "/" + file.path("id").asString(), admin);
      String from = detail.at("/previous_paths/0");
      assertThat(detail.at("/id")).isEqualTo(before.get(from));
      assertThat(detail.at("/path")).endsWith(from.substring("2024/day0/".length()));
      assertThat(detail.at("/content_version")).isEqualTo("1");
    }
    assertThat(api.get(files + "?state=MISSING", admin).body().path("items")).isEmpty();
  }

  @Test
  void scenario15DeletedContainerFailsTheScanAndLosesNoFile() throws Exception {
    archive(12);
    Map<String, String> before = ids(scan());
    container.delete();

    Answer failed = api.awaitScan(admin, request().at("/id"), "FAILED");

    assertThat(failed.at("/cause/code")).isEqualTo("SOURCE_UNAVAILABLE");
    assertThat(failed.at("/cause/fix")).isEqualTo("Reconnect the source and resume the scan.");
    assertThat(states()).isEqualTo(Map.of("PRESENT", 12L));

    container.create();
    api.post("/scans/" + failed.at("/id") + "/resume", admin, null);
    failed = api.awaitScan(admin, failed.at("/id"), "FAILED");
    assertThat(failed.at("/cause/detail")).isEqualTo("The source is empty, and it had files.");

    byte[] photograph = DemoArchive.light(3, 40).plan(0).bytes();
    for (int i = 0; i < 12; i++) {
      upload("2024/day0/IMG_%04d.jpg".formatted(i), photograph, i);
    }
    api.post("/scans/" + failed.at("/id") + "/resume", admin, null);
    Answer healed = api.awaitScan(admin, failed.at("/id"), "COMPLETED");
    assertThat(ids(healed)).isEqualTo(before);
    assertThat(healed.at("/changes/missing")).isEqualTo("0");
  }

  @Test
  void scenario15MostFilesGoneIsHeldUntilConfirmed() throws Exception {
    archive(1_000);
    scan();
    List<String> doomed = container.listBlobs().stream().map(BlobItem::getName).limit(600).toList();
    atOnce(doomed.stream().map(name -> () -> container.getBlobClient(name).delete()));

    Answer held = scan();

    assertThat(held.at("/guard/state")).isEqualTo("HELD");
    assertThat(held.at("/guard/known")).isEqualTo("1000");
    assertThat(held.at("/guard/would_be_missing")).isEqualTo("600");
    assertThat(held.at("/changes/missing")).isEqualTo("0");
    assertThat(states()).isEqualTo(Map.of("PRESENT", 1_000L));
    String guard = "/scans/" + held.at("/id") + "/guard";
    assertThat(api.post(guard, admin, "{\"decision\":\"MAYBE\"}").at("/code"))
        .isEqualTo("VALIDATION_FAILED");

    Answer confirmed = api.post(guard, admin, "{\"decision\":\"CONFIRM\"}");

    assertThat(confirmed.at("/guard/state")).isEqualTo("CONFIRMED");
    assertThat(confirmed.at("/changes/missing")).isEqualTo("600");
    assertThat(states()).isEqualTo(Map.of("PRESENT", 400L, "MISSING", 600L));
    Answer again = api.post(guard, admin, "{\"decision\":\"DISMISS\"}");
    assertThat(again.status() + " " + again.at("/code") + " " + again.at("/details/guard"))
        .isEqualTo("409 SCAN_STATE CONFIRMED");
  }

  /** The files the source knows, by state. */
  private Map<String, Long> states() {
    String query = "select state from found_file where source_id = '" + source + "'";
    return api.rows(query).stream()
        .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
  }
}
