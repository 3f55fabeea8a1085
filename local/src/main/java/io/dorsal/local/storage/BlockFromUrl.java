package io.dorsal.local.storage;

import com.azure.storage.common.StorageSharedKeyCredential;
import io.dorsal.local.storage.FaultRule.Action;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Put Block From URL, which Azurite lacks: reads the range through the gateway, so that faults and
 * the log see it, and puts it as a block, both streams at once.
 */
final class BlockFromUrl {

  private final HttpClient client;
  private final StorageAccounts accounts;
  private final int ownPort;

  /**
   * @param ownPort the gateway's own port
   */
  BlockFromUrl(HttpClient client, StorageAccounts accounts, int ownPort) {
    this.client = client;
    this.accounts = accounts;
    this.ownPort = ownPort;
  }

  static boolean wanted(HttpServerRequest request) {
    return request.method().equals(HttpMethod.PUT)
        && String.valueOf(request.query()).matches("(.*&)?comp=block(&.*)?")
        && request.headers().contains("x-ms-copy-source");
  }

  void serve(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Optional<URI> source = source(request);
    if (source.isEmpty()) {
      exchange.refuse(unverified(404, "ResourceNotFound"));
      return;
    }
    if (!signed(request)) {
      exchange.refuse(new Action.Status(403, "AuthenticationFailed", Map.of()));
      return;
    }
    request.resume();
    client
        .request(
            new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(ownPort)
                .setMethod(HttpMethod.GET)
                .setURI(source.get().getRawPath() + "?" + source.get().getRawQuery()))
        .compose(reading -> read(request, reading))
        .compose(answer -> put(exchange, answer))
        .onFailure(failure -> exchange.giveUp());
  }

  /** The emulator copies within itself only. */
  private static Optional<URI> source(HttpServerRequest request) {
    try {
      URI source = new URI(request.getHeader("x-ms-copy-source"));
      return String.valueOf(source.getRawAuthority()).equals(String.valueOf(request.authority()))
          ? Optional.of(source)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Future<HttpClientResponse> read(
      HttpServerRequest request, HttpClientRequest reading) {
    reading.authority(request.authority());
    copyHeader(request, "x-ms-source-range", reading, "x-ms-range");
    copyHeader(request, "x-ms-source-if-match", reading, "If-Match");
    copyHeader(request, "x-ms-version", reading, "x-ms-version");
    return reading
        .send()
        .map(
            answer -> {
              answer.pause();
              return answer;
            });
  }

  private static void copyHeader(
      HttpServerRequest from, String name, HttpClientRequest to, String as) {
    String value = from.getHeader(name);
    if (value != null) {
      to.putHeader(as, value);
    }
  }

  private Future<Void> put(Exchange exchange, HttpClientResponse source) {
    if (source.statusCode() >= 300) {
      source.resume();
      String code = String.valueOf(source.getHeader("x-ms-error-code"));
      exchange.refuse(
          source.statusCode() == 412
              ? new Action.Status(412, "SourceConditionNotMet", Map.of())
              : unverified(source.statusCode(), code));
      return Future.succeededFuture();
    }
    return exchange
        .upstream()
        .compose(
            upstream -> {
              upstream.authority(exchange.request().authority());
              headersOf(exchange.request(), lengthOf(source)).forEach(upstream.headers()::set);
              return upstream.send(source);
            })
        .compose(answer -> exchange.relay(answer, Map.of()));
  }

  static Action.Status unverified(int sourceStatus, String sourceCode) {
    return new Action.Status(
        sourceStatus,
        "CannotVerifyCopySource",
        Map.of(
            "x-ms-copy-source-status-code",
            String.valueOf(sourceStatus),
            "x-ms-copy-source-error-code",
            sourceCode));
  }

  private static String lengthOf(HttpClientResponse source) {
    return Objects.requireNonNull(source.getHeader("content-length"), "A range has a length.");
  }

  /** A plain Put Block has a length and no source, so its signature is another one. */
  private Map<String, String> headersOf(HttpServerRequest request, String length) {
    Map<String, String> headers = sent(request);
    headers
        .keySet()
        .removeIf(name -> name.startsWith("x-ms-copy-source") || name.startsWith("x-ms-source-"));
    headers.put("content-length", length);
    if (headers.remove("authorization") != null) {
      headers.put("authorization", Objects.requireNonNull(signature(request, headers)));
    }
    return headers;
  }

  private static Map<String, String> sent(HttpServerRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (var header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-ms-")
          || name.equals("authorization")
          || name.equals("content-type")
          || name.equals("date")) {
        headers.put(name, header.getValue());
      }
    }
    return headers;
  }

  /** Whether the account's key made the request's signature; a token is judged by the store. */
  private boolean signed(HttpServerRequest request) {
    Map<String, String> headers = sent(request);
    String given = headers.remove("authorization");
    if (given == null) {
      return true;
    }
    String length = request.getHeader("content-length");
    headers.put("content-length", length == null ? "0" : length);
    return given.equals(signature(request, headers));
  }

  private @Nullable String signature(HttpServerRequest request, Map<String, String> headers) {
    String account = String.valueOf(request.path()).replaceFirst("^/([^/]*).*", "$1");
    try {
      return new StorageSharedKeyCredential(account, accounts.key(account))
          .generateAuthorizationHeader(
              URI.create("http://" + request.authority() + request.uri()).toURL(), "PUT", headers);
    } catch (IllegalArgumentException | MalformedURLException e) {
      return null;
    }
  }
}
