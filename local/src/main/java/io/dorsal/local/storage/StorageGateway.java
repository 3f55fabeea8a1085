package io.dorsal.local.storage;

import io.dorsal.local.storage.FaultRule.Action;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stands before Azurite, passes everything through as a stream, remembers the requests and makes
 * faults on demand. Its own pages are {@code /__faults} and {@code /__log}. A store that is down
 * answers 503 ServerBusy here.
 */
public final class StorageGateway implements AutoCloseable {

  /** They belong to one connection, not to the message. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "expect", "upgrade", "te", "trailer");

  /**
   * A blob name of 1,024 characters may take nine times as much when percent-encoded; a copy names
   * two.
   */
  private static final int LONGEST_HEADER = 64 * 1024;

  private final Vertx vertx;
  private final HttpClient client;
  private final int storePort;
  private final FaultRules faults = new FaultRules();
  private final RequestLog log = new RequestLog();
  private final GatewayPages pages = new GatewayPages(faults, log);
  private int port;

  private StorageGateway(int storePort) {
    this.storePort = storePort;
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

  /** Listens on this port of the loopback address; 0 picks a free one. */
  public static StorageGateway start(int port, int storePort) {
    StorageGateway gateway = new StorageGateway(storePort);
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
    if (path(request).startsWith("/__")) {
      pages.handle(request);
      return;
    }
    request.pause();
    String query = RequestLog.withoutSignature(Optional.ofNullable(request.query()).orElse(""));
    Optional<Action> fault = faults.meet(request.method().name(), path(request), query);
    if (fault.isEmpty()) {
      forward(request, query);
      return;
    }
    switch (fault.get()) {
      case Action.Status status -> refuse(request, query, status);
      case Action.Delay(long milliseconds) ->
          vertx.setTimer(Math.max(1, milliseconds), timer -> forward(request, query));
      case Action.Reset() -> {
        remember(request, query, 0);
        request.connection().close();
      }
    }
  }

  private void forward(HttpServerRequest request, String query) {
    if (request.response().closed()) {
      // Gone while its request was delayed.
      return;
    }
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(storePort)
            .setMethod(request.method())
            .setURI(request.uri());
    client
        .request(options)
        .compose(upstream -> send(request, upstream))
        .compose(answer -> relay(request, query, answer))
        .onFailure(failure -> giveUp(request, query));
  }

  private static Future<HttpClientResponse> send(
      HttpServerRequest request, HttpClientRequest upstream) {
    upstream.authority(request.authority());
    boolean chunked = request.headers().contains("transfer-encoding");
    for (var header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name) && !name.equals("host")) {
        upstream.headers().add(header.getKey(), header.getValue());
      }
    }
    if (chunked) {
      upstream.setChunked(true);
      return upstream.send(request);
    }
    if (request.headers().contains("content-length")) {
      return upstream.send(request);
    }
    request.resume();
    return upstream.send();
  }

  private Future<Void> relay(HttpServerRequest request, String query, HttpClientResponse answer) {
    remember(request, query, answer.statusCode());
    HttpServerResponse response = request.response();
    // A client that is gone, such as a killed worker, wants no more of the answer.
    response.closeHandler(gone -> answer.request().reset());
    if (response.closed()) {
      answer.request().reset();
      return Future.succeededFuture();
    }
    response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
    for (var header : answer.headers()) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        response.headers().add(header.getKey(), header.getValue());
      }
    }
    boolean bodiless =
        HttpMethod.HEAD.equals(request.method())
            || answer.statusCode() == 204
            || answer.statusCode() == 304;
    if (bodiless) {
      return response.end();
    }
    if (!answer.headers().contains("content-length")) {
      response.setChunked(true);
    }
    return answer.pipeTo(response);
  }

  private void giveUp(HttpServerRequest request, String query) {
    if (request.response().headWritten()) {
      // Half an answer is out: only a broken connection tells the client that the rest is missing.
      request.connection().close();
      return;
    }
    request.response().headers().clear();
    refuse(request, query, new Action.Status(503, "ServerBusy"));
  }

  private void refuse(HttpServerRequest request, String query, Action.Status status) {
    remember(request, query, status.code());
    request.resume();
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status.code())
            .putHeader("x-ms-error-code", status.azureCode())
            .putHeader("content-type", "application/xml");
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
      return;
    }
    response.end(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
            + status.azureCode()
            + "</Code><Message>Answered by the storage gateway.</Message></Error>");
  }

  /** The path as it was sent, still encoded; Vert.x has none for what is no path. */
  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }

  private void remember(HttpServerRequest request, String query, int status) {
    String range = request.getHeader("x-ms-range");
    String source = request.getHeader("x-ms-copy-source");
    log.add(
        request.method().name(),
        path(request),
        query,
        range != null ? range : request.getHeader("range"),
        source == null ? null : RequestLog.withoutSignature(source),
        status);
  }
}
