package io.dorsal.bench.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The unmodified SDK takes the stub for a store. */
@SuppressWarnings("NullAway.Init")
class StubStoreTests {

  private static final StubFiles FILES = StubFiles.of(7, 700, 0);

  private static StubStore store;
  private static BlobContainerClient container;

  @BeforeAll
  static void start() {
    store = StubStore.start(FILES, Duration.ZERO);
    container =
        new BlobContainerClientBuilder()
            .endpoint(store.endpoint())
            .containerName("photos")
            .sasToken("sv=2024-11-04&sr=c&sp=rl&sig=x")
            .buildClient();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void pagesHoldEveryNameOnceInOrder() {
    var options = new ListBlobsOptions().setMaxResultsPerPage(100);
    List<String> listed =
        container.listBlobs(options, null).stream().map(BlobItem::getName).toList();
    assertThat(listed).isEqualTo(FILES.all().stream().map(StubFile::name).toList());
    assertThat(listed).hasSize(700).doesNotHaveDuplicates();
  }

  @Test
  void whatItAnsweredIsToldAndTheQuestionNotCounted() throws Exception {
    long requests = store.requests();
    long bytes = store.bytes();
    StubFile file = FILES.all().stream().filter(f -> f.size() > 3_000).findFirst().orElseThrow();
    container
        .getBlobClient(file.name())
        .downloadStreamWithResponse(
            new ByteArrayOutputStream(), new BlobRange(0, 1_000L), null, null, false, null, null);
    String told;
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI figures = URI.create(store.endpoint()).resolve(StubStore.FIGURES);
      var request = HttpRequest.newBuilder(figures).build();
      http.send(request, HttpResponse.BodyHandlers.ofString());
      told = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
    assertThat(told).isEqualTo((requests + 1) + " " + (bytes + 1_000));
  }

  @Test
  void pageIsTheSameWhenItIsAskedAgain() {
    var options = new ListBlobsOptions().setMaxResultsPerPage(300).setPrefix("20");
    List<String> once = container.listBlobs(options, null).stream().map(BlobItem::getName).toList();
    List<String> again =
        container.listBlobs(options, null).stream().map(BlobItem::getName).toList();
    assertThat(again)
        .isEqualTo(once)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(name).startsWith("20"));
  }

  @Test
  void rangeIsThatPartOfTheWholeAndConditionsHold() {
    StubFile file = FILES.all().stream().filter(f -> f.size() > 3_000).findFirst().orElseThrow();
    var blob = container.getBlobClient(file.name());
    byte[] whole = blob.downloadContent().toBytes();
    assertThat(whole).hasSize(file.size());
    var part = new ByteArrayOutputStream();
    blob.downloadStreamWithResponse(
        part,
        new BlobRange(40, 2_000L),
        null,
        new BlobRequestConditions().setIfMatch(blob.getProperties().getETag()),
        false,
        null,
        null);
    assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, 40, 2_040));
    var other = new BlobRequestConditions().setIfMatch("\"0x0\"");
    assertThatThrownBy(
            () ->
                blob.downloadStreamWithResponse(
                    new ByteArrayOutputStream(), null, null, other, false, null, null))
        .isInstanceOf(BlobStorageException.class)
        .extracting(e -> ((BlobStorageException) e).getStatusCode())
        .isEqualTo(412);
  }

  @Test
  void photographsOfOneBodyHaveTheirOwnDate() {
    List<byte[]> heads =
        FILES.all().stream()
            .filter(file -> file.name().endsWith(".jpg") && file.size() > 1_000)
            .limit(60)
            .map(file -> file.range(0, 1_000).getBytes())
            .toList();
    assertThat(heads.stream().map(Arrays::hashCode).distinct().count())
        .isGreaterThan(heads.size() * 3L / 4);
  }

  @Test
  void imagesGrowToTheSizeThatIsWanted() {
    StubFile large =
        StubFiles.of(7, 50, 4 << 20).all().stream()
            .filter(file -> file.name().endsWith(".jpg") && file.size() == 4 << 20)
            .findFirst()
            .orElseThrow();
    assertThat(large.bytes((4 << 20) - 10, 10)).containsOnly(0xFF);
    assertThat(Objects.requireNonNull(large.md5())).hasSize(24);
  }
}
