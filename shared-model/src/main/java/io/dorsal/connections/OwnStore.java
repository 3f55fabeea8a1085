package io.dorsal.connections;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.common.sas.SasProtocol;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.Kept;
import io.dorsal.operations.TraceContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Dorsal's own storage account. Clients retry nothing; a request may take as long as the store
 * needs for 256 MiB. Thread-safe.
 */
@Component
public class OwnStore {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A clock behind by minutes accepts a link at once. */
  private static final Duration LONGEST_LINK = Duration.ofMinutes(30);

  private final StoreSettings settings;
  private final @Nullable TokenCredential identity;
  private final HttpClient http;
  private final AtomicBoolean containerThere = new AtomicBoolean();

  /**
   * @param identity Dorsal's identity where it has one; needed only without a key
   */
  OwnStore(StoreSettings settings, ObjectProvider<TokenCredential> identity) {
    this.settings = settings;
    this.identity = identity.getIfAvailable();
    this.http = BlobAccess.http(PATIENCE);
  }

  /**
   * A file of the store, there or not; its container is there.
   *
   * @throws IllegalStateException where no store is set up
   * @throws com.azure.storage.blob.models.BlobStorageException where the store refuses
   */
  public BlockBlobClient file(String name, TraceContext trace) {
    return blob(name, trace).getBlockBlobClient();
  }

  BlobClient blob(String name, TraceContext trace) {
    return container(trace).getBlobClient(name);
  }

  /**
   * A URL by which anybody reads this one file until then, over https only outside of the local
   * profile. Secret.
   */
  public String link(String name, Instant end, TraceContext trace) {
    BlobContainerClient container = container(trace);
    var blob = container.getBlobClient(name);
    boolean plain = blob.getBlobUrl().startsWith("http://");
    var values =
        new BlobServiceSasSignatureValues(
                end.atOffset(ZoneOffset.UTC), new BlobSasPermission().setReadPermission(true))
            .setStartTime(end.minus(LONGEST_LINK).atOffset(ZoneOffset.UTC))
            .setProtocol(plain ? SasProtocol.HTTPS_HTTP : SasProtocol.HTTPS_ONLY);
    if (settings.key() != null) {
      return blob.getBlobUrl() + "?" + blob.generateSas(values);
    }
    var key =
        container
            .getServiceClient()
            .getUserDelegationKey(
                end.minus(LONGEST_LINK).atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC));
    return blob.getBlobUrl() + "?" + blob.generateUserDelegationSas(values, key);
  }

  /** Deletes a file, there or not. */
  public void delete(String name, TraceContext trace) {
    container(trace).getBlobClient(name).deleteIfExists();
  }

  /**
   * Deletes what was left behind under a prefix, files never committed too.
   *
   * @param before younger files stay
   * @return how many were deleted
   */
  int sweep(String prefix, Instant before) {
    if (settings.endpoint() == null) {
      return 0;
    }
    BlobContainerClient container = container(TraceContext.current());
    int swept = 0;
    var all =
        new ListBlobsOptions()
            .setPrefix(prefix)
            .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
    for (BlobItem item : container.listBlobs(all, null)) {
      OffsetDateTime changed = item.getProperties().getLastModified();
      if (changed != null && changed.toInstant().isBefore(before)) {
        delete(container.getBlobClient(item.getName()).getBlockBlobClient());
        swept++;
      }
    }
    return swept;
  }

  /** What was never committed can be deleted only once it is a file, be it an empty one. */
  private static void delete(BlockBlobClient file) {
    if (!file.deleteIfExists()) {
      file.commitBlockList(List.of(), true);
      file.deleteIfExists();
    }
  }

  /**
   * Deletes files under a prefix, whatever their age. Parts never committed end by themselves.
   *
   * @param most how many at once
   * @return how many were deleted
   */
  public int remove(String prefix, int most) {
    if (settings.endpoint() == null) {
      return 0;
    }
    BlobContainerClient container = container(TraceContext.current());
    int removed = 0;
    var options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(most);
    for (BlobItem item : container.listBlobs(options, null)) {
      if (removed == most) {
        break;
      }
      removed += container.getBlobClient(item.getName()).deleteIfExists() ? 1 : 0;
    }
    return removed;
  }

  /**
   * Asks whether the store answers and knows Dorsal.
   *
   * @throws IllegalStateException where no store is set up
   * @throws com.azure.storage.blob.models.BlobStorageException where the store refuses
   */
  void ping() {
    client(TraceContext.start()).exists();
  }

  private BlobContainerClient container(TraceContext trace) {
    BlobContainerClient container = client(trace);
    if (!containerThere.get()) {
      container.createIfNotExists();
      containerThere.set(true);
    }
    return container;
  }

  private BlobContainerClient client(TraceContext trace) {
    String endpoint = settings.endpoint();
    if (endpoint == null) {
      throw new IllegalStateException("DORSAL_STORE_ENDPOINT is not set.");
    }
    var builder =
        new BlobContainerClientBuilder()
            .httpClient(http)
            .endpoint(endpoint)
            .containerName(settings.container())
            .addPolicy(TracedRequests.of(trace, Tenancy.tenant().orElse(Kept.NO_TENANT)))
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.FIXED, 1, (int) PATIENCE.toSeconds(), null, null, null));
    if (settings.key() != null) {
      String account = BlobLocation.of(URI.create(endpoint)).account();
      return builder
          .credential(new StorageSharedKeyCredential(account, settings.key()))
          .buildClient();
    }
    if (identity == null) {
      throw new IllegalStateException("Neither DORSAL_STORE_KEY nor an identity is there.");
    }
    return builder.credential(identity).buildClient();
  }
}
