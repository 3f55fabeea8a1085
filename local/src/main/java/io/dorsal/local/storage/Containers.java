package io.dorsal.local.storage;

import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.SasIpRange;
import io.dorsal.connections.BlobAccess;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Containers of the local accounts and the tokens that open them. Safe for use by several threads.
 */
public final class Containers {

  /** The SDK's own runs five requests to a host at once. */
  private static final HttpClient HTTP = BlobAccess.http(Duration.ofMinutes(1));

  private final String gateway;
  private final StorageAccounts accounts;

  /**
   * @param gateway address of the storage gateway, without a slash at its end
   */
  public Containers(String gateway, StorageAccounts accounts) {
    this.gateway = gateway;
    this.accounts = accounts;
  }

  /** An account's address, through the gateway. */
  public String endpoint(String account) {
    return gateway + "/" + account;
  }

  /** A client with the account's key. The container need not exist. */
  public BlobContainerClient client(String account, String container) {
    BlobServiceClient service =
        new BlobServiceClientBuilder()
            .httpClient(HTTP)
            .endpoint(endpoint(account))
            .credential(new StorageSharedKeyCredential(account, accounts.key(account)))
            .buildClient();
    return service.getBlobContainerClient(container);
  }

  /**
   * A container SAS with read and list, as an archive's owner would hand out; without a question
   * mark.
   */
  public String readSas(String account, String container, Duration life) {
    return readSas(account, container, life, "");
  }

  /**
   * The same, signed with more in it.
   *
   * @param addresses {@code sip=} and who may use it, or empty for everybody
   */
  public String readSas(String account, String container, Duration life, String addresses) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    BlobContainerSasPermission permission =
        new BlobContainerSasPermission().setReadPermission(true).setListPermission(true);
    var values =
        new BlobServiceSasSignatureValues(now.plus(life), permission)
            .setStartTime(now.minusMinutes(15));
    if (!addresses.isEmpty()) {
      values.setSasIpRange(SasIpRange.parse(addresses.replaceFirst("^sip=", "")));
    }
    return client(account, container).generateSas(values);
  }

  /** What Azure's portal calls an account's connection string; holds its key. */
  public String connectionString(String account) {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;"
        .formatted(account, accounts.key(account), endpoint(account));
  }
}
