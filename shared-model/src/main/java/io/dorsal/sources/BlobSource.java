package io.dorsal.sources;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.dorsal.connections.AuthType;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ErrorMapping;
import io.dorsal.connections.SasToken;
import io.dorsal.connections.StorageAnswer;
import io.dorsal.connections.StorageAnswer.Asked;
import io.dorsal.connections.StorageVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A prefix of an Azure blob container. */
final class BlobSource implements Source {

  private static final int PAGE = 5_000;

  private final BlobContainerClient container;
  private final RangeReads ranges;
  private final String root;
  private final @Nullable SasToken sas;
  private final AuthType credential;
  private final Clock clock;
  private final int page;

  /**
   * @param root what every blob name of this source begins with
   * @param sas the token the container is opened with; null for none
   * @param credential how the connection signs in
   */
  BlobSource(
      BlobContainerClient container,
      String root,
      @Nullable SasToken sas,
      AuthType credential,
      Clock clock) {
    this(container, root, sas, credential, clock, PAGE);
  }

  /**
   * @param page files per page at most, up to the store's own 5,000
   */
  BlobSource(
      BlobContainerClient container,
      String root,
      @Nullable SasToken sas,
      AuthType credential,
      Clock clock,
      int page) {
    this.container = container;
    this.ranges = new RangeReads(container);
    this.page = page;
    this.root = root;
    this.sas = sas;
    this.credential = credential;
    this.clock = clock;
  }

  @Override
  public SourcePage list(String prefix, @Nullable String continuation) {
    return asking(true, () -> page(prefix, continuation));
  }

  private SourcePage page(String prefix, @Nullable String continuation) {
    var options =
        new ListBlobsOptions()
            .setPrefix(root + prefix)
            .setMaxResultsPerPage(page)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    Iterator<PagedResponse<BlobItem>> pages =
        container.listBlobs(options, continuation, null).iterableByPage().iterator();
    PagedResponse<BlobItem> answer = pages.next();
    var files = answer.getValue().stream().map(this::listed).toList();
    String next = answer.getContinuationToken();
    return new SourcePage(files, next == null || next.isEmpty() ? null : next);
  }

  private ListedFile listed(BlobItem blob) {
    BlobItemProperties properties = blob.getProperties();
    Map<String, String> metadata = blob.getMetadata();
    boolean marker =
        blob.getName().endsWith("/")
            || (metadata != null && "true".equals(metadata.get("hdi_isfolder")));
    AccessTier tier = properties.getAccessTier();
    return new ListedFile(
        blob.getName().substring(root.length()),
        properties.getContentLength(),
        quoted(properties.getETag()),
        properties.getLastModified().toInstant(),
        properties.getContentMd5(),
        tier == null ? null : tier.toString(),
        AccessTier.ARCHIVE.equals(tier),
        marker);
  }

  @Override
  public byte[] read(String path, String etag, long offset, int length) {
    return asking(false, () -> ranges.read(root + path, etag, offset, length));
  }

  @Override
  public ListedFile stat(String path) {
    return asking(
        false,
        () -> {
          var properties = container.getBlobClient(root + path).getProperties();
          AccessTier tier = properties.getAccessTier();
          return new ListedFile(
              path,
              properties.getBlobSize(),
              quoted(properties.getETag()),
              properties.getLastModified().toInstant(),
              properties.getContentMd5(),
              tier == null ? null : tier.toString(),
              AccessTier.ARCHIVE.equals(tier),
              false);
        });
  }

  /** Listings give the ETag bare, answers give it quoted; If-Match wants it quoted. */
  private static String quoted(String etag) {
    return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
  }

  private <T> T asking(boolean listing, Supplier<T> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      throw refusal(listing ? Asked.LIST : Asked.READ, e);
    }
  }

  private SourceException refusal(Asked asked, RuntimeException failure) {
    Instant now = clock.instant();
    StorageAnswer answer = StorageAnswer.of(asked, failure, now);
    return switch (ErrorMapping.verdict(answer, sas, credential, now)) {
      case StorageVerdict.Refused refused ->
          new SourceException(
              kindOf(refused.problem()),
              refused.problem(),
              answer.sentence(),
              refused.retryAfter(),
              failure,
              idOf(answer));
      // Answers nobody foresaw are no reason to give a file or a scan up.
      case StorageVerdict.StreamInstead() -> unforeseen(answer, failure);
      case StorageVerdict.Unforeseen() -> unforeseen(answer, failure);
    };
  }

  private static SourceException unforeseen(StorageAnswer answer, RuntimeException failure) {
    return new SourceException(
        SourceException.Kind.BUSY,
        null,
        answer.sentence(),
        answer.retryAfter(),
        failure,
        idOf(answer));
  }

  private static @Nullable String idOf(StorageAnswer answer) {
    return answer.requestId().isEmpty() ? null : answer.requestId();
  }

  private static SourceException.Kind kindOf(ConnectionProblem problem) {
    return switch (problem) {
      case SOURCE_FILE_MISSING -> SourceException.Kind.MISSING;
      case SOURCE_CHANGED -> SourceException.Kind.CHANGED;
      case SOURCE_ARCHIVED -> SourceException.Kind.ARCHIVED;
      case SOURCE_UNAVAILABLE -> SourceException.Kind.UNAVAILABLE;
      case SOURCE_BUSY -> SourceException.Kind.BUSY;
      default -> SourceException.Kind.AUTH;
    };
  }
}
