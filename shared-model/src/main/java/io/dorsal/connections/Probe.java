package io.dorsal.connections;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobContainersOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.dorsal.access.Uuid7;
import io.dorsal.connections.ConnectionWork.Place;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what scans and sync will do, once and small. Each method throws what storage refused. */
final class Probe {

  private static final int NAMES = 100;
  private static final int MOST_PAGES = 50;
  private static final int HEAD = 1_024;
  private static final long LARGEST_TRIAL = 8L << 20;
  private static final int TRIAL_BLOCK = 1 << 20;

  private final Connection connection;
  private final Function<String, BlobContainerClient> opener;
  private final Function<BlobClient, ReadLink> urls;
  private final ServerSideCopy.Run copies;
  private final @Nullable Place place;
  private final @Nullable SasToken sas;
  private @Nullable BlobContainerClient container;
  private List<BlobItem> listed = List.of();
  private boolean empty;
  private boolean listsContainers;

  /**
   * @param opener opens a container with the credential that is tried
   * @param urls makes the URL by which the store reads a file
   * @param copies the trial's series
   * @param place where work reads; null for the first container
   */
  Probe(
      Connection connection,
      @Nullable SasToken sas,
      Function<String, BlobContainerClient> opener,
      Function<BlobClient, ReadLink> urls,
      ServerSideCopy.Run copies,
      @Nullable Place place) {
    this.connection = connection;
    this.sas = sas;
    this.opener = opener;
    this.urls = urls;
    this.copies = copies;
    this.place = place;
  }

  /** The storage account's clock, as any answer of it tells; a refusal is an answer. */
  Optional<Instant> storesTime() {
    var request = new HttpRequest(HttpMethod.GET, connection.blobEndpoint() + "/?comp=list");
    // Unsigned, and by the client that connects to the internet only.
    var http = opener.apply("any").getServiceClient().getHttpPipeline().getHttpClient();
    try (var answer = http.sendSync(request, Context.NONE)) {
      return Optional.ofNullable(answer.getHeaderValue(HttpHeaderName.DATE))
          .flatMap(Probe::instant);
    }
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The container to try; empty where nobody named one and the credential cannot list them. */
  String chooseContainer() {
    Optional<String> first = firstContainer();
    if (place != null) {
      return place.container();
    }
    return connection.containers().isEmpty()
        ? first.orElse("")
        : connection.containers().getFirst();
  }

  private Optional<String> firstContainer() {
    boolean possible = sas == null || (sas.kind().equals("ACCOUNT") && !sas.lacksResourceType('s'));
    if (!possible) {
      return Optional.empty();
    }
    try {
      var options = new ListBlobContainersOptions().setMaxResultsPerPage(NAMES);
      var page =
          opener.apply("any").getServiceClient().listBlobContainers(options, null).iterableByPage();
      List<BlobContainerItem> found = page.iterator().next().getValue();
      listsContainers = true;
      return found.stream()
          .map(BlobContainerItem::getName)
          .filter(name -> !name.startsWith("$"))
          .findFirst();
    } catch (BlobStorageException e) {
      if (place == null && connection.containers().isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  boolean listsContainers() {
    return listsContainers;
  }

  /** Real pages until one holds a file: in a hierarchical account folders are listed as well. */
  void list(String name) {
    container = opener.apply(name);
    var options =
        new ListBlobsOptions()
            .setPrefix(place == null ? "" : place.prefix())
            .setMaxResultsPerPage(NAMES)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    var pages = container.listBlobs(options, null, null).iterableByPage().iterator();
    int looked = 0;
    do {
      listed = pages.next().getValue().stream().filter(blob -> !marker(blob)).toList();
      looked++;
    } while (listed.isEmpty() && pages.hasNext() && looked < MOST_PAGES);
    empty = listed.isEmpty() && !pages.hasNext();
  }

  private static boolean marker(BlobItem blob) {
    Map<String, String> metadata = blob.getMetadata();
    return blob.getName().endsWith("/")
        || (metadata != null && "true".equals(metadata.get("hdi_isfolder")));
  }

  /** Whether it was seen that there is no file; not where the first thousands are all folders. */
  boolean empty() {
    return empty;
  }

  boolean canRead() {
    return !listed.isEmpty();
  }

  boolean allArchived() {
    return listed.stream().allMatch(Probe::archived);
  }

  private static boolean archived(BlobItem blob) {
    return AccessTier.ARCHIVE.equals(blob.getProperties().getAccessTier());
  }

  /** One real range, where possible of a file that has bytes. */
  void read() {
    BlobItem blob =
        listed.stream()
            .filter(each -> !archived(each))
            .max(Comparator.comparing(each -> length(each) > 0))
            .orElseThrow();
    if (length(blob) == 0) {
      client(blob).getProperties();
      return;
    }
    client(blob)
        .downloadStreamWithResponse(
            new ByteArrayOutputStream(HEAD),
            new BlobRange(0, Math.min(HEAD, length(blob))),
            null,
            null,
            false,
            null,
            Context.NONE);
  }

  /** Whether there is anything to copy. */
  boolean canCopy() {
    return listed.stream().anyMatch(blob -> !archived(blob) && length(blob) > 0);
  }

  /** As sync copies: the smallest file that fits, else a block of a larger one. */
  void copy() {
    BlobItem blob =
        listed.stream()
            .filter(each -> !archived(each) && length(each) > 0)
            .min(Comparator.comparingLong(Probe::length))
            .orElseThrow();
    String target = Preflight.FOLDER + connection.id() + "/" + Uuid7.next();
    if (length(blob) > LARGEST_TRIAL) {
      copies.tryBlock(original(blob), target, TRIAL_BLOCK);
      return;
    }
    try {
      copies.copy(original(blob), target);
    } finally {
      // What cannot be deleted now is swept later.
      copies.deleteQuietly(target);
    }
  }

  private CopyOriginal original(BlobItem blob) {
    BlobItemProperties properties = blob.getProperties();
    String bare = properties.getETag();
    String etag = bare.startsWith("\"") ? bare : "\"" + bare + "\"";
    BlobClient client = client(blob);
    return new CopyOriginal(
        urls.apply(client),
        connection.authType(),
        etag,
        properties.getContentLength(),
        properties.getContentMd5(),
        properties.getContentType(),
        (offset, length) -> {
          var bytes = new ByteArrayOutputStream(length);
          client.downloadStreamWithResponse(
              bytes,
              new BlobRange(offset, (long) length),
              null,
              new BlobRequestConditions().setIfMatch(etag),
              false,
              null,
              Context.NONE);
          return bytes.toByteArray();
        });
  }

  private BlobClient client(BlobItem blob) {
    return Objects.requireNonNull(container).getBlobClient(blob.getName());
  }

  private static long length(BlobItem blob) {
    return blob.getProperties().getContentLength();
  }
}
