package io.dorsal.jobs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * A blob store that holds any number of files which are all the same photograph: List Blobs in
 * pages of 5,000 with markers, and Get Blob with ranges, as Azure answers them.
 */
final class GeneratedListing implements AutoCloseable {

  static final String ACCOUNT = "generated";
  static final String CONTAINER = "many";

  private static final int PAGE = 5_000;
  private static final String ETAG = "0x8DD0000000000A1";
  private static final String MODIFIED = "Sat, 21 Nov 2026 00:00:00 GMT";

  private final HttpServer server;
  private final byte[] photograph;
  private volatile Holding holding;

  /** A file of a listing; where files are read, the size is the photograph's. */
  record Listed(String name, long size) {}

  private record Holding(int files, IntFunction<Listed> each) {}

  GeneratedListing(byte[] photograph) throws IOException {
    this.photograph = photograph;
    holding = new Holding(0, this::inSeasons);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** What the next listings show; files are named so that their order is that of their numbers. */
  void holds(int count) {
    holds(count, this::inSeasons);
  }

  /**
   * What the next listings show.
   *
   * @param each file by its number; names have to come in the order of a listing
   */
  void holds(int count, IntFunction<Listed> each) {
    holding = new Holding(count, each);
  }

  private Listed inSeasons(int number) {
    String name = String.format(Locale.ROOT, "season/%04d/IMG_%07d.jpg", number / 1000, number);
    return new Listed(name, photograph.length);
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + ACCOUNT;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("x-ms-version", "2021-12-02");
      exchange.getResponseHeaders().add("x-ms-request-id", "generated");
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      if (query.contains("comp=list")) {
        byte[] page = page(parameter(query, "marker")).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      } else {
        read(exchange);
      }
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("x-ms-range");
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to = (int) Math.min(Long.parseLong(ends[1]), photograph.length - 1L);
    byte[] part = Arrays.copyOfRange(photograph, from, to + 1);
    var headers = exchange.getResponseHeaders();
    headers.add("ETag", "\"" + ETAG + "\"");
    headers.add("Last-Modified", MODIFIED);
    headers.add("Content-Type", "image/jpeg");
    headers.add("Content-Range", "bytes %d-%d/%d".formatted(from, to, photograph.length));
    headers.add("x-ms-blob-type", "BlockBlob");
    exchange.sendResponseHeaders(206, part.length);
    exchange.getResponseBody().write(part);
  }

  private String page(String marker) {
    Holding held = holding;
    int from = marker.isEmpty() ? 0 : Integer.parseInt(marker);
    int to = Math.min(held.files(), from + PAGE);
    var xml = new StringBuilder(PAGE * 450);
    xml.append("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"")
        .append(endpoint())
        .append("\" ContainerName=\"" + CONTAINER + "\"><MaxResults>5000</MaxResults><Blobs>");
    for (int i = from; i < to; i++) {
      Listed file = held.each().apply(i);
      xml.append("<Blob><Name>")
          .append(file.name())
          .append("</Name><Properties><Creation-Time>" + MODIFIED + "</Creation-Time>")
          .append("<Last-Modified>" + MODIFIED + "</Last-Modified><Etag>" + ETAG + "</Etag>")
          .append("<Content-Length>")
          .append(file.size())
          .append("</Content-Length><Content-Type>image/jpeg</Content-Type>")
          .append("<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>")
          .append("</Properties></Blob>");
    }
    xml.append("</Blobs><NextMarker>").append(to < held.files() ? to : "").append("</NextMarker>");
    return xml.append("</EnumerationResults>").toString();
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
