package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ceiling: lists the container and reads the first range of each file that a scan opens, as a
 * scan does, and does nothing with them. The JDK's HTTP client on virtual threads.
 */
public final class BareClient {

  private static final Pattern NEXT = Pattern.compile("<NextMarker>([^<]*)</NextMarker>");

  private final BlobStore store;
  private final List<Part> parts;

  public BareClient(BlobStore store) {
    this.store = store;
    this.parts = new ArrayList<>(List.of(Part.OWN));
    this.parts.addAll(store.parts());
  }

  /** Lists the container. */
  public Sample list(StubFiles files) throws IOException, InterruptedException {
    Meter meter = Meter.start(store, parts);
    try (HttpClient http = client()) {
      list(http);
    }
    return meter.stop(files.all().size());
  }

  /**
   * Lists the container and reads what a scan reads.
   *
   * @param inFlight reads at once
   * @param range bytes of the first range
   */
  public Sample scan(StubFiles files, int inFlight, int range)
      throws IOException, InterruptedException {
    Meter meter = Meter.start(store, parts);
    try (HttpClient http = client()) {
      list(http);
      AtOnce.each(opened(files), inFlight, file -> head(http, file, range));
    }
    return meter.stop(files.all().size());
  }

  /** Reads only. */
  public Sample read(StubFiles files, int inFlight, int range) {
    List<StubFile> opened = opened(files);
    Meter meter = Meter.start(store, parts);
    try (HttpClient http = client()) {
      AtOnce.each(opened, inFlight, file -> head(http, file, range));
    }
    return meter.stop(opened.size());
  }

  /** The files that a scan opens. */
  public static List<StubFile> opened(StubFiles files) {
    return files.all().stream().filter(StubFile::opened).toList();
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  void list(HttpClient http) throws IOException, InterruptedException {
    String marker = "";
    do {
      String query =
          "&restype=container&comp=list&maxresults=5000&include=metadata&marker=" + marker;
      var request = HttpRequest.newBuilder(URI.create(store.containerUrl() + query)).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("The list was answered " + answer.statusCode());
      }
      Matcher matcher = NEXT.matcher(answer.body());
      marker = matcher.find() ? encoded(matcher.group(1)) : "";
    } while (!marker.isEmpty());
  }

  /** The first range of one file. */
  byte[] head(HttpClient http, StubFile file, int range) throws IOException, InterruptedException {
    String url = store.endpoint() + "/" + store.container() + "/" + encoded(file.name());
    var request =
        HttpRequest.newBuilder(URI.create(url + "?" + store.sas()))
            .header("x-ms-version", "2024-11-04")
            .header("x-ms-range", "bytes=0-" + (Math.min(range, file.size()) - 1))
            .header("If-Match", store.etag(file))
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 206) {
      throw new IOException("Status " + answer.statusCode() + " for " + url);
    }
    return answer.body();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
