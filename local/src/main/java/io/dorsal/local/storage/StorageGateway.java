package io.dorsal.local.storage;

import io.dorsal.local.storage.FaultRule.Action;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stands before Azurite, passes everything through as a stream, does what Azurite lacks ({@code
 * sip}, Put Block From URL), remembers the requests and makes faults on demand. Its own pages are
 * {@code /__faults} and {@code /__log}. A store that is down answers 503 ServerBusy here.
 */
public final class StorageGateway implements AutoCloseable {

  /**
   * A blob name of 1,024 characters may take nine times as much when percent-encoded; a copy names
   * two.
   */
  private static final int LONGEST_HEADER = 64 * 1024;

  private final Vertx vertx;
  private final HttpClient client;
  private final int storePort;
  private final StorageAccounts accounts;
  private final FaultRules faults = new FaultRules();
  private final RequestLog log = new RequestLog();
  private final GatewayPages pages = new GatewayPages(faults, log);
  private int port;

  private StorageGateway(int storePort, StorageAccounts accounts) {
    this.storePort = storePort;
    this.accounts = accounts;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxHeaderSize(LONGEST_HEADER)
                // Node closes idle connections after 5 s; ours are gone before a request can meet
                // that.
                .setKeepAliveTimeout(3)
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(512));
  }

  /**
   * Listens on this port of the loopback address; 0 picks a free one.
   *
   * @param accounts whose keys sign what the gateway does in the store's place
   */
  public static StorageGateway start(int port, int storePort, StorageAccounts accounts) {
    StorageGateway gateway = new StorageGateway(storePort, accounts);
    try {
      gateway.listen(port);
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
    return gateway;
  }

  private void listen(int wanted) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(wanted)
            .setMaxHeaderSize(LONGEST_HEADER)
            .setMaxInitialLineLength(LONGEST_HEADER)
            .setHandle100ContinueAutomatically(true)
            .setTcpNoDelay(true);
    port =
        vertx.createHttpServer(options).requestHandler(this::handle).listen().await().actualPort();
  }

  /** The gateway's address, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public FaultRules faults() {
    return faults;
  }

  public RequestLog log() {
    return log;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void handle(HttpServerRequest request) {
    var exchange = new Exchange(request, client, storePort, log);
    if (exchange.path().startsWith("/__")) {
      pages.handle(request);
      return;
    }
    request.pause();
    Optional<Action> fault =
        faults.meet(request.method().name(), exchange.path(), exchange.query());
    if (fault.isEmpty()) {
      serve(exchange, Map.of());
      return;
    }
    switch (fault.get()) {
      case Action.Status status -> exchange.refuse(status);
      case Action.Delay(long milliseconds) ->
          vertx.setTimer(Math.max(1, milliseconds), timer -> serve(exchange, Map.of()));
      case Action.Headers(var headers) -> serve(exchange, headers);
      case Action.Reset() -> exchange.reset();
    }
  }

  private void serve(Exchange exchange, Map<String, String> put) {
    HttpServerRequest request = exchange.request();
    String caller = request.remoteAddress().hostAddress();
    var own = AllowedAddresses.in(request.query());
    if (own.isPresent() && !AllowedAddresses.allow(own.get(), caller)) {
      exchange.refuse(new Action.Status(403, "AuthorizationSourceIPMismatch", Map.of()));
      return;
    }
    // The store reads the source of a copy from addresses of its own, which no token can name.
    if (AllowedAddresses.in(request.getHeader("x-ms-copy-source")).isPresent()) {
      exchange.refuse(BlockFromUrl.unverified(403, "AuthorizationSourceIPMismatch"));
      return;
    }
    if (BlockFromUrl.wanted(request)) {
      new BlockFromUrl(client, accounts, port).serve(exchange);
    } else {
      exchange.forward(put);
    }
  }
}
