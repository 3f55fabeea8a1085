package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.dorsal.connections.ServerSideCopy.Way;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.StorageAccounts;
import io.dorsal.operations.TraceContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The store copies by itself, on Azurite behind the gateway that does what Azurite lacks. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ServerSideCopyIntegrationTests {

  private static final String CONTAINER = "copies-" + UUID.randomUUID();
  private static final int WHOLE = 100_000;
  private static final int BLOCK = 40_000;

  private static ServersForTests.Storage storage;
  private static BlobContainerClient owner;
  private static String sas;
  private static OwnStore store;

  @BeforeAll
  static void fill(ServersForTests.Storage servers) {
    storage = servers;
    owner = servers.containers().client(StorageAccounts.SOURCE, CONTAINER);
    owner.create();
    sas = servers.containers().readSas(StorageAccounts.SOURCE, CONTAINER, Duration.ofHours(1));
    var settings =
        new StoreSettings(
            servers.containers().endpoint(StorageAccounts.STORE),
            servers.accounts().key(StorageAccounts.STORE),
            CONTAINER);
    store =
        new OwnStore(
            settings, new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
  }

  @AfterEach
  void mend() {
    storage.gateway().faults().clear();
  }

  @Test
  void smallFileIsOneRequestAndALargeOneIsBlocks() {
    byte[] small = put("small file é.jpg", WHOLE);
    byte[] large = put("large.tif", WHOLE + 1);
    long before = storage.gateway().log().since(0).next();

    assertThat(copied("small file é.jpg").way()).isEqualTo(Way.WHOLE);
    assertThat(copied("large.tif").way()).isEqualTo(Way.BLOCKS);

    assertThat(stored("small file é.jpg")).isEqualTo(small);
    assertThat(stored("large.tif")).isEqualTo(large);
    assertThat(store.file("large.tif", TraceContext.start()).getProperties().getContentMd5())
        .isEqualTo(md5(large));
    var requests = storage.gateway().log().since(before).entries();
    assertThat(requests).filteredOn(r -> r.query().contains("comp=block&")).hasSize(3);
    assertThat(requests)
        .filteredOn(r -> r.method().equals("PUT") && r.copySource() != null)
        .hasSize(4)
        .allMatch(r -> String.valueOf(r.copySource()).contains("sig=***"));
  }

  @Test
  void limitsAreTheServicesOwn() {
    assertThat(ServerSideCopy.LARGEST_WHOLE).isEqualTo(268_435_456);
    assertThat(CopyBlocks.BLOCK).isEqualTo(104_857_600);
    assertThat(CopyBlocks.STREAMED_RANGE).isEqualTo(8_388_608);
  }

  @Test
  void blocksOfABrokenTryAreNotReadAgain() {
    byte[] large = put("resumed.tif", WHOLE + 1);
    CopyOriginal original = original("resumed.tif", sas);
    storage
        .gateway()
        .faults()
        .add(new FaultRule("GET /source/.*resumed.tif", 3, "STATUS 503 ServerBusy", 1));
    var failure = refused(original, "resumed.tif");
    assertThat(failure.verdict().problem()).isEqualTo(ConnectionProblem.COPY_SOURCE_UNREACHABLE);
    assertThat(failure.verdict().retryable()).isTrue();
    storage.gateway().faults().clear();
    long before = storage.gateway().log().since(0).next();

    copied("resumed.tif");

    assertThat(stored("resumed.tif")).isEqualTo(large);
    assertThat(storage.gateway().log().since(before).entries())
        .filteredOn(r -> r.query().contains("comp=block&"))
        .hasSizeLessThan(3);
  }

  @ParameterizedTest
  @CsvSource({"99999, WHOLE", "100001, BLOCKS"})
  void storeThatLacksTheCopyHasItStreamed(int size, Way without) {
    byte[] content = put("streamed-" + size, size);
    assertThat(copied("streamed-" + size).way()).isEqualTo(without);
    fault("PUT /store/.*streamed", "STATUS 501 APINotImplemented", 1);
    var run = copy().run("a test", TraceContext.start());

    assertThat(run.copy(original("streamed-" + size, sas), "streamed-" + size).way())
        .isEqualTo(Way.STREAMED);
    // The run has learned: no second request is made in vain.
    assertThat(run.copy(original("streamed-" + size, sas), "streamed-" + size).way())
        .isEqualTo(Way.STREAMED);

    assertThat(stored("streamed-" + size)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({"1000", "100001"})
  void fileThatChangedIsNotCopied(int size) {
    put("changed-" + size, size);
    CopyOriginal seen = original("changed-" + size, sas);
    put("changed-" + size, size + 1);

    var failure =
        catchThrowableOfType(
            CopyRefusedException.class,
            () -> copy().run("a test", TraceContext.start()).copy(seen, "changed-" + size));

    assertThat(failure.verdict().problem()).isEqualTo(ConnectionProblem.SOURCE_CHANGED);
    assertThat(exists("changed-" + size)).isFalse();
  }

  @Test
  void copyThatDiffersIsDeleted() {
    put("lying.jpg", 1_000);
    CopyOriginal truth = original("lying.jpg", sas);
    var lie =
        new CopyOriginal(
            truth.url(),
            truth.credential(),
            truth.etag(),
            1_000,
            new byte[16],
            null,
            truth.ranges());

    var failure =
        catchThrowableOfType(
            CopyRefusedException.class,
            () -> copy().run("a test", TraceContext.start()).copy(lie, "lying.jpg"));

    assertThat(failure.verdict().problem()).isEqualTo(ConnectionProblem.COPY_MISMATCH);
    assertThat(failure.verdict().retryable()).isTrue();
    assertThat(exists("lying.jpg")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, se=2020-01-01T00%3A00%3A00Z, SAS_EXPIRED",
    "100001, se=2020-01-01T00%3A00%3A00Z, SAS_EXPIRED",
    "1000, sip=203.0.113.7, SAS_IP_RESTRICTED",
    "100001, sip=127.0.0.1, SAS_IP_RESTRICTED",
    "1000, sp=l, SAS_MISSING_READ",
    "100001, sp=l, SAS_MISSING_READ",
  })
  void sourceThatTheStoreMayNotReadHasItsCause(int size, String part, ConnectionProblem cause) {
    put("closed-" + size, size);
    String name = part.substring(0, 3);
    String token = sas.contains(name) ? sas.replaceFirst(name + "[^&]*", part) : sas + "&" + part;

    var verdict = refused(original("closed-" + size, token), "closed-" + size).verdict();

    assertThat(verdict.problem()).isEqualTo(ConnectionProblem.COPY_SOURCE_UNVERIFIED);
    assertThat(verdict.cause()).isEqualTo(cause);
    assertThat(verdict.retryable()).isFalse();
  }

  /** Section 1.5: a minted token past its end is made anew once, and nobody counts that try. */
  @ParameterizedTest
  @CsvSource({"1000", "100001"})
  void linkThatEndedOnTheWayIsMadeAnewOnce(int size) {
    byte[] content = put("minted-" + size, size);
    CopyOriginal given = original("minted-" + size, sas);
    var link = new Link(given.url().get(), 1);

    copy().run("a test", TraceContext.start()).copy(minted(given, link), "minted-" + size);

    assertThat(stored("minted-" + size)).isEqualTo(content);
    assertThat(link.renewals).isEqualTo(1);
    var never = new Link(given.url().get(), 2);
    var verdict = refused(minted(given, never), "minted-" + size).verdict();
    assertThat(verdict.cause()).isEqualTo(ConnectionProblem.SAS_EXPIRED);
    assertThat(never.renewals).isEqualTo(1);
    var run = copy().run("a test", TraceContext.start());
    run.tryBlock(minted(given, new Link(given.url().get(), 1)), "minted-block", 100);
  }

  private static CopyOriginal minted(CopyOriginal given, CopyOriginal.Url url) {
    return new CopyOriginal(
        url,
        AuthType.CONNECTION_STRING,
        given.etag(),
        given.length(),
        given.md5(),
        given.contentType(),
        given.ranges());
  }

  /** A link of Dorsal's own, good once it was made anew so often. */
  private static final class Link implements CopyOriginal.Url {
    private final String good;
    private final int from;
    private int renewals;

    private Link(String good, int from) {
      this.good = good;
      this.from = from;
    }

    @Override
    public String get() {
      return renewals >= from ? good : good.replaceFirst("se=[^&]*", "se=2020-01-01T00%3A00%3A00Z");
    }

    @Override
    public boolean renewed() {
      renewals++;
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /store/.*trouble, STATUS 503 ServerBusy, COPY_TARGET_DOWN",
    "PUT /store/.*trouble, RESET, COPY_TARGET_DOWN",
    "GET /source/.*trouble, STATUS 404 BlobNotFound, SOURCE_FILE_MISSING",
    "GET /source/.*trouble, STATUS 409 BlobArchived, SOURCE_ARCHIVED",
    "GET /source/.*trouble, STATUS 503 ServerBusy, COPY_SOURCE_UNREACHABLE",
  })
  void troubleOfEitherStoreIsToldApart(String match, String action, ConnectionProblem problem) {
    for (int size : new int[] {1_000, 100_001}) {
      put("trouble-" + size, size);
      CopyOriginal original = original("trouble-" + size, sas);
      fault(match, action, 100);
      var failure =
          catchThrowableOfType(
              CopyRefusedException.class,
              () -> copy().run("a test", TraceContext.start()).copy(original, "trouble-" + size));
      storage.gateway().faults().clear();
      assertThat(failure.verdict().problem()).as("%s bytes", size).isEqualTo(problem);
      assertThat(failure).hasMessageNotContaining("sig=");
    }
  }

  @Test
  void forgedSignatureOpensNoBlock() {
    put("forged", 10);
    var stranger =
        new OwnStore(
            new StoreSettings(
                storage.containers().endpoint(StorageAccounts.STORE),
                storage.accounts().key(StorageAccounts.SOURCE),
                CONTAINER),
            new StaticListableBeanFactory().getBeanProvider(TokenCredential.class));
    var failure =
        catchThrowableOfType(
            CopyRefusedException.class,
            () ->
                new ServerSideCopy(stranger, Clock.systemUTC(), 1, 5)
                    .run("a test", TraceContext.start())
                    .copy(original("forged", sas), "forged"));
    assertThat(failure.verdict().problem()).isEqualTo(ConnectionProblem.COPY_TARGET_DOWN);
  }

  @Test
  void leftoversAreSweptByAge() {
    for (String name : new String[] {"preflight/a/1", "preflight/b/2", "other/3"}) {
      store.file(name, TraceContext.start()).upload(BinaryData.fromString("x"), true);
    }
    // Section 1.4: what a trial of a large file left is no file yet.
    store
        .file("preflight/c/4", TraceContext.start())
        .stageBlock("MDAwMDAwMDA=", BinaryData.fromString("x"));
    assertThat(uncommitted("preflight/")).containsExactly("preflight/c/4");
    assertThat(store.sweep("preflight/", java.time.Instant.now().minusSeconds(60))).isZero();
    assertThat(store.sweep("preflight/", java.time.Instant.now().plusSeconds(60))).isEqualTo(3);
    assertThat(exists("other/3")).isTrue();
    assertThat(uncommitted("preflight/")).isEmpty();
  }

  /** Names with blocks only. */
  private static List<String> uncommitted(String prefix) {
    var all =
        new ListBlobsOptions()
            .setPrefix(prefix)
            .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
    var container = storage.containers().client(StorageAccounts.STORE, CONTAINER);
    return container.listBlobs(all, null).stream()
        .map(BlobItem::getName)
        .filter(name -> !exists(name))
        .toList();
  }

  private static ServerSideCopy copy() {
    return new ServerSideCopy(store, Clock.systemUTC(), WHOLE, BLOCK);
  }

  private static ServerSideCopy.Copied copied(String name) {
    return copy().run("a test", TraceContext.start()).copy(original(name, sas), name);
  }

  private static CopyRefusedException refused(CopyOriginal original, String name) {
    return catchThrowableOfType(
        CopyRefusedException.class,
        () -> copy().run("a test", TraceContext.start()).copy(original, name));
  }

  private static CopyOriginal original(String name, String token) {
    var blob = owner.getBlobClient(name);
    var seen = blob.getProperties();
    byte[] content = blob.downloadContent().toBytes();
    return new CopyOriginal(
        () -> blob.getBlobUrl() + "?" + token,
        AuthType.SAS_TOKEN,
        seen.getETag(),
        seen.getBlobSize(),
        seen.getContentMd5() == null ? md5(content) : seen.getContentMd5(),
        seen.getContentType(),
        (offset, length) -> Arrays.copyOfRange(content, (int) offset, (int) offset + length));
  }

  private static byte[] put(String name, int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    owner.getBlobClient(name).upload(BinaryData.fromBytes(content), true);
    return content;
  }

  private static void fault(String match, String action, int times) {
    storage.gateway().faults().add(new FaultRule(match, null, action, times));
  }

  private static byte[] stored(String name) {
    return store.file(name, TraceContext.start()).downloadContent().toBytes();
  }

  private static boolean exists(String name) {
    try {
      store.file(name, TraceContext.start()).getProperties();
      return true;
    } catch (BlobStorageException e) {
      assertThat(e.getErrorCode()).isEqualTo(BlobErrorCode.BLOB_NOT_FOUND);
      return false;
    }
  }

  private static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
