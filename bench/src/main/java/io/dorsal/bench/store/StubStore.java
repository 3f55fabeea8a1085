package io.dorsal.bench.store;

import io.dorsal.bench.figures.Traffic;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read-only Azure Blob endpoint (REST version 2024-11-04) for one container: List Blobs, Get Blob
 * with a range, Get Blob Properties and their conditions. It believes every signature, holds
 * nothing on disk and uses one event loop. Latency is added to each answer. Thread-safe.
 *
 * <p>A page of its own, {@code /-/figures}, tells what it answered so far and is not counted.
 */
public final class StubStore implements Traffic, AutoCloseable {

  /** The one account; the container may have any name. */
  public static final String ACCOUNT = "stub";

  static final String MODIFIED = "Sat, 21 Nov 2026 06:00:00 GMT";
  static final String FIGURES = "/-/figures";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int MOST_HEADER_BYTES = 64 * 1024;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final StubFiles files;
  private final BlobListing listing;
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final long latencyMillis;
  private int port;

  private StubStore(StubFiles files, Duration latency) {
    this.files = files;
    this.latencyMillis = latency.toMillis();
    this.listing = new BlobListing(files);
  }

  /** Listens on a free port of the loopback address. */
  public static StubStore start(StubFiles files, Duration latency) {
    return start(files, latency, 0);
  }

  /** Listens on this port of the loopback address. */
  static StubStore start(StubFiles files, Duration latency, int port) {
    var store = new StubStore(files, latency);
    store.port =
        store
            .vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setMaxHeaderSize(MOST_HEADER_BYTES)
                    .setMaxInitialLineLength(MOST_HEADER_BYTES)
                    .setTcpNoDelay(true))
            .requestHandler(store::handle)
            .listen()
            .await()
            .actualPort();
    return store;
  }

  /** The account's endpoint, without a slash at its end. */
  public String endpoint() {
    return "http://127.0.0.1:" + port + "/" + ACCOUNT;
  }

  @Override
  public long requests() {
    return requests.sum();
  }

  @Override
  public long bytes() {
    return bytes.sum();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void handle(HttpServerRequest request) {
    if (FIGURES.equals(request.path())) {
      request.response().end(requests() + " " + bytes());
      return;
    }
    requests.increment();
    if (latencyMillis > 0) {
      vertx.setTimer(latencyMillis, timer -> answer(request));
    } else {
      answer(request);
    }
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader("Server", "dorsal-bench")
        .putHeader("x-ms-version", "2024-11-04")
        .putHeader("x-ms-request-id", "00000000-0000-0000-0000-000000000000");
    String name = blobName(request.path());
    boolean head = HttpMethod.HEAD.equals(request.method());
    if (!head && !HttpMethod.GET.equals(request.method())) {
      refuse(response, 405, "UnsupportedHttpVerb");
    } else if (name == null && "list".equals(request.getParam("comp"))) {
      send(response, "application/xml", listing.page(request));
    } else if (name == null) {
      response.putHeader("ETag", "\"0x1\"").putHeader("Last-Modified", MODIFIED).end();
    } else {
      blob(request, response, files.get(name), head);
    }
  }

  private void send(HttpServerResponse response, String type, io.vertx.core.buffer.Buffer body) {
    bytes.add(body.length());
    response.putHeader("Content-Type", type).end(body);
  }

  private void blob(
      HttpServerRequest request,
      HttpServerResponse response,
      @Nullable StubFile file,
      boolean head) {
    String condition = request.getHeader("If-Match");
    if (file == null) {
      refuse(response, 404, "BlobNotFound");
      return;
    }
    if (condition != null && !unquoted(condition).equals(unquoted(file.etag()))) {
      refuse(response, 412, "ConditionNotMet");
      return;
    }
    response
        .putHeader("ETag", file.etag())
        .putHeader("Last-Modified", MODIFIED)
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("x-ms-blob-type", "BlockBlob")
        .putHeader("x-ms-creation-time", MODIFIED);
    if (head) {
      response
          .putHeader("Content-Type", "application/octet-stream")
          .putHeader("Content-MD5", file.md5())
          .putHeader("Content-Length", String.valueOf(file.size()))
          .end();
      return;
    }
    range(request, response, file);
  }

  /** The service takes an ETag with its quotes or without, and the SDK leaves them out. */
  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  private void range(HttpServerRequest request, HttpServerResponse response, StubFile file) {
    String asked = request.getHeader("x-ms-range");
    asked = asked == null ? request.getHeader("Range") : asked;
    int from = 0;
    int to = file.size();
    Matcher matcher = RANGE.matcher(String.valueOf(asked));
    if (matcher.matches()) {
      from = Integer.parseInt(matcher.group(1));
      if (from >= file.size()) {
        refuse(response.putHeader("Content-Range", "bytes */" + file.size()), 416, "InvalidRange");
        return;
      }
      String last = matcher.group(2);
      to = last.isEmpty() ? to : (int) Math.min(to, Long.parseLong(last) + 1);
      response
          .setStatusCode(206)
          .putHeader("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, file.size()));
    } else {
      response.putHeader("Content-MD5", file.md5());
    }
    send(response, "application/octet-stream", file.range(from, to));
  }

  private static void refuse(HttpServerResponse response, int status, String code) {
    response
        .setStatusCode(status)
        .putHeader("x-ms-error-code", code)
        .putHeader("Content-Type", "application/xml")
        .end("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>");
  }

  /** What follows {@code /stub/<container>/}; null for the container itself. */
  private static @Nullable String blobName(@Nullable String path) {
    String[] parts = String.valueOf(path).split("/", 4);
    return parts.length < 4 || parts[3].isEmpty()
        ? null
        : URLDecoder.decode(parts[3].replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
