package io.dorsal.sources;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.SasToken;
import io.dorsal.connections.StorageRefusal;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A prefix of an Azure blob container. */
final class BlobSource implements Source {

  private static final int PAGE = 5_000;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final BlobContainerClient container;
  private final String root;
  private final @Nullable SasToken sas;
  private final Clock clock;
  private final int page;

  /**
   * @param root what every blob name of this source begins with
   * @param sas the token the container is opened with; null for an account key
   */
  BlobSource(BlobContainerClient container, String root, @Nullable SasToken sas, Clock clock) {
    this(container, root, sas, clock, PAGE);
  }

  /**
   * @param page files per page at most, up to the store's own 5,000
   */
  BlobSource(
      BlobContainerClient container, String root, @Nullable SasToken sas, Clock clock, int page) {
    this.container = container;
    this.page = page;
    this.root = root;
    this.sas = sas;
    this.clock = clock;
  }

  @Override
  public SourcePage list(String prefix, @Nullable String continuation) {
    return asking(true, "list", () -> page(prefix, continuation));
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
    var bytes = new ByteArrayOutputStream(length);
    asking(
        false,
        "read",
        () -> {
          try {
            container
                .getBlobClient(root + path)
                .downloadStreamWithResponse(
                    bytes,
                    new BlobRange(offset, (long) length),
                    null,
                    new BlobRequestConditions().setIfMatch(etag),
                    false,
                    null,
                    Context.NONE);
          } catch (BlobStorageException e) {
            // The file ends before the range begins.
            if (e.getStatusCode() != RANGE_NOT_SATISFIABLE) {
              throw e;
            }
          }
          return bytes;
        });
    return bytes.toByteArray();
  }

  @Override
  public ListedFile stat(String path) {
    return asking(
        false,
        "stat",
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

  private <T> T asking(boolean listing, String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (BlobStorageException e) {
      throw refusal(listing, e);
    } catch (RuntimeException e) {
      if (StorageRefusal.hostUnknown(e)) {
        throw new SourceException(
            SourceException.Kind.UNAVAILABLE,
            ConnectionProblem.SOURCE_UNAVAILABLE,
            "The storage account's host does not exist.",
            null,
            e);
      }
      throw new SourceException(
          SourceException.Kind.BUSY,
          ConnectionProblem.SOURCE_BUSY,
          "The storage account did not answer (" + what + ").",
          null,
          e);
    }
  }

  private SourceException refusal(boolean listing, BlobStorageException answer) {
    String code = answer.getErrorCode() == null ? "" : answer.getErrorCode().toString();
    String message = "The storage account answered " + answer.getStatusCode() + " " + code + ".";
    if (code.equals("BlobArchived") || code.equals("BlobBeingRehydrated")) {
      return new SourceException(SourceException.Kind.ARCHIVED, null, message, null, answer);
    }
    if (answer.getStatusCode() == 412) {
      return new SourceException(SourceException.Kind.CHANGED, null, message, null, answer);
    }
    Instant now = clock.instant();
    var problem = new StorageRefusal(answer.getStatusCode(), code, listing).problem(sas, now);
    SourceException.Kind kind =
        switch (problem) {
          // Only a 404 says that a file is gone; other answers nobody foresaw are no reason to.
          case null ->
              answer.getStatusCode() == 404
                  ? SourceException.Kind.MISSING
                  : SourceException.Kind.BUSY;
          case SOURCE_UNAVAILABLE -> SourceException.Kind.UNAVAILABLE;
          case SOURCE_BUSY -> SourceException.Kind.BUSY;
          default -> SourceException.Kind.AUTH;
        };
    return new SourceException(kind, problem, message, retryAfter(answer), answer);
  }

  private static @Nullable Duration retryAfter(BlobStorageException answer) {
    String seconds =
        answer.getResponse() == null
            ? null
            : answer
                .getResponse()
                .getHeaders()
                .getValue(com.azure.core.http.HttpHeaderName.RETRY_AFTER);
    return seconds != null && seconds.matches("\\d{1,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }
}
