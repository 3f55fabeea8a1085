package io.dorsal.connections;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Opens containers with a connection's credential. Clients retry nothing: whoever reads knows how
 * patient to be. Thread-safe; all clients share one HTTP connection pool.
 */
@Component
public class BlobAccess {

  static {
    // The SDK sets this header on every request; without leave the JDK drops it and the SDK logs
    // that each time.
    if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
      System.setProperty("jdk.httpclient.allowRestrictedHeaders", "content-length");
    }
  }

  private final SecretVault vault;
  private final Duration timeout;
  private final HttpClient http;

  BlobAccess(SecretVault vault, ConnectionSettings settings) {
    this.vault = vault;
    this.timeout = settings.storageTimeout();
    this.http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1))
            .connectionTimeout(Duration.ofSeconds(10))
            .responseTimeout(timeout)
            .readTimeout(timeout)
            .build();
  }

  /** The credential of a connection, opened. */
  public Credential credentialOf(Connection connection) {
    String secret =
        vault.open(
            new SealedSecret(connection.sealedSecret(), connection.wrappedKey()),
            connection.associatedData(connection.secretVersion()));
    return secret.startsWith("AccountName=")
        ? Credential.parse(AuthType.CONNECTION_STRING, secret)
        : Credential.parse(AuthType.SAS_TOKEN, secret);
  }

  /**
   * A client for one container. Every request carries {@code <trace_id>-<span_id>} as its client
   * request id.
   */
  public BlobContainerClient container(
      Connection connection, Credential credential, String container, TraceContext trace) {
    var builder =
        new BlobContainerClientBuilder()
            .httpClient(http)
            .endpoint(connection.blobEndpoint())
            .containerName(container)
            .addPolicy(TracedRequests.of(trace))
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.FIXED, 1, (int) timeout.toSeconds(), null, null, null));
    return switch (credential) {
      case Credential.Sas sas -> builder.sasToken(sas.token().text()).buildClient();
      case Credential.AccountKey key ->
          builder
              .credential(new StorageSharedKeyCredential(key.account(), key.key()))
              .buildClient();
    };
  }
}
