package io.dorsal.local.storage;

import io.dorsal.local.storage.FaultRule.Action;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request on its way to the store and the answer on its way back. */
final class Exchange {

  /** They belong to one connection, not to the message. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "expect", "upgrade", "te", "trailer");

  private final HttpServerRequest request;
  private final HttpClient client;
  private final int storePort;
  private final RequestLog log;
  private final String query;

  Exchange(HttpServerRequest request, HttpClient client, int storePort, RequestLog log) {
    this.request = request;
    this.client = client;
    this.storePort = storePort;
    this.log = log;
    this.query = RequestLog.withoutSignature(Optional.ofNullable(request.query()).orElse(""));
  }

  HttpServerRequest request() {
    return request;
  }

  /** The query without the value of the signature. */
  String query() {
    return query;
  }

  /** The path as it was sent, still encoded; Vert.x has none for what is no path. */
  String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  /** The same request to the store. */
  Future<HttpClientRequest> upstream() {
    return client.request(
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(storePort)
            .setMethod(request.method())
            .setURI(request.uri()));
  }

  /**
   * Passes the request on as it is.
   *
   * @param put headers put in place of the answer's own
   */
  void forward(Map<String, String> put) {
    if (request.response().closed()) {
      // Gone while its request was delayed.
      return;
    }
    upstream()
        .compose(this::send)
        .compose(answer -> relay(answer, put))
        .onFailure(failure -> giveUp());
  }

  private Future<HttpClientResponse> send(HttpClientRequest upstream) {
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

  /** Hands the store's answer on. */
  Future<Void> relay(HttpClientResponse answer, Map<String, String> put) {
    remember(answer.statusCode());
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
    put.forEach(response.headers()::set);
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

  /** The store did not answer, or broke off. */
  void giveUp() {
    if (request.response().headWritten()) {
      // Half an answer is out: only a broken connection tells the client that the rest is missing.
      request.connection().close();
      return;
    }
    request.response().headers().clear();
    refuse(new Action.Status(503, "ServerBusy", Map.of()));
  }

  /** Answers without the store. */
  void refuse(Action.Status status) {
    remember(status.code());
    request.resume();
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status.code())
            .putHeader("x-ms-error-code", status.azureCode())
            .putHeader("content-type", "application/xml");
    status.headers().forEach(response.headers()::set);
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
      return;
    }
    response.end(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
            + status.azureCode()
            + "</Code><Message>Answered by the storage gateway.</Message></Error>");
  }

  void reset() {
    remember(0);
    request.connection().close();
  }

  private void remember(int status) {
    String range = request.getHeader("x-ms-range");
    String source = request.getHeader("x-ms-copy-source");
    log.add(
        request.method().name(),
        path(),
        query,
        range != null ? range : request.getHeader("range"),
        source == null ? null : RequestLog.withoutSignature(source),
        request.getHeader("x-ms-client-request-id"),
        status);
  }
}
