package io.dorsal.connections;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.dorsal.operations.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Opens containers with a connection's credential. Clients retry nothing: whoever reads knows how
 * patient to be. Thread-safe; all clients share one HTTP connection pool.
 */
@Component
public class BlobAccess {

  /** More are made when asked for; these stay open. */
  private static final int CONNECTIONS = 128;

  private final ConnectionSecrets secrets;
  private final @Nullable TokenCredential identity;
  private final HttpClient http;

  /**
   * @param identity Dorsal's identity where it has one
   */
  @Autowired
  BlobAccess(
      ConnectionSecrets secrets,
      ConnectionSettings settings,
      ObjectProvider<TokenCredential> identity) {
    this(
        secrets,
        settings,
        identity.getIfAvailable(),
        // The call's own end covers whatever of it stands still. The other bounds are a timer more
        // for each request and for each read of its socket.
        client(Duration.ZERO, settings.local() ? Dns.SYSTEM : new PublicNames(Dns.SYSTEM))
            .callTimeout(settings.storageTimeout())
            .build());
  }

  BlobAccess(
      ConnectionSecrets secrets,
      ConnectionSettings settings,
      @Nullable TokenCredential identity,
      HttpClient http) {
    this.secrets = secrets;
    this.identity = identity;
    this.http = http;
  }

  /**
   * A client for stores that are Dorsal's own, by any number of threads at once; one serves a
   * process.
   *
   * @param timeout how long nothing may come or go before a request fails
   */
  public static HttpClient http(Duration timeout) {
    return client(timeout, Dns.SYSTEM).build();
  }

  /**
   * OkHttp, for a read of it takes two thirds of the CPU time of the JDK's client. The SDK enqueues
   * its calls, of which OkHttp runs five for a host unless it is told otherwise: how many there are
   * at once is for those to say who make them.
   */
  private static OkHttpAsyncHttpClientBuilder client(Duration timeout, Dns names) {
    var threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("storage-", 0).factory());
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    var http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .protocols(List.of(Protocol.HTTP_1_1))
            .dns(names)
            .socketFactory(new StoreSockets())
            .connectionPool(new ConnectionPool(CONNECTIONS, 5, TimeUnit.MINUTES))
            .build();
    return new OkHttpAsyncHttpClientBuilder(http)
        .followRedirects(false)
        .connectionTimeout(Duration.ofSeconds(10))
        .responseTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout);
  }

  /** The credential of a connection, opened. */
  public Credential credentialOf(Connection connection) {
    return secrets.opened(connection);
  }

  /**
   * A client for one container. Every request carries {@code <trace_id>-<span_id>} as its client
   * request id.
   */
  public BlobContainerClient container(
      Connection connection, Credential credential, String container, TraceContext trace) {
    return service(connection, credential, trace).getBlobContainerClient(container);
  }

  /** A client for the whole account, as far as the credential goes. */
  BlobServiceClient service(Connection connection, Credential credential, TraceContext trace) {
    var builder =
        new BlobServiceClientBuilder()
            .httpClient(http)
            .endpoint(connection.blobEndpoint())
            .addPolicy(TracedRequests.of(trace, connection.tenantId()))
            // OkHttp ends a call in time by itself; the SDK would set a timer of Reactor for each.
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.FIXED, 1, (Integer) null, null, null, null));
    return switch (credential) {
      case Credential.Sas sas -> builder.sasToken(sas.token().text()).buildClient();
      case Credential.AccountKey key ->
          builder
              .credential(new StorageSharedKeyCredential(key.account(), key.key()))
              .buildClient();
      case Credential.Identity _ -> builder.credential(identity()).buildClient();
    };
  }

  private TokenCredential identity() {
    if (identity == null) {
      throw new IllegalStateException("Dorsal has no identity here.");
    }
    return identity;
  }
}
