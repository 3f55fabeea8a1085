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
 * The ceiling: lists the container and makes the reads of a scan, and does nothing with what it
 * gets. The JDK's HTTP client on virtual threads.
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
   * Lists the container and makes the reads.
   *
   * @param inFlight reads at once
   */
  public Sample scan(ScanReads reads, int inFlight) throws IOException, InterruptedException {
    Meter meter = Meter.start(store, parts);
    try (HttpClient http = client()) {
      list(http);
      AtOnce.each(reads.files(), inFlight, file -> read(http, file, reads));
    }
    return meter.stop(reads.listed());
  }

  /** Reads only. */
  public Sample read(ScanReads reads, int inFlight) {
    Meter meter = Meter.start(store, parts);
    try (HttpClient http = client()) {
      AtOnce.each(reads.files(), inFlight, file -> read(http, file, reads));
    }
    return meter.stop(reads.files().size());
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

  private void read(HttpClient http, StubFile file, ScanReads reads)
      throws IOException, InterruptedException {
    for (ScanReads.Range range : reads.of(file)) {
      range(http, file, range);
    }
  }

  /** One range of one file. */
  byte[] range(HttpClient http, StubFile file, ScanReads.Range range)
      throws IOException, InterruptedException {
    String url = store.endpoint() + "/" + store.container() + "/" + encoded(file.name());
    int last = range.offset() + range.length() - 1;
    var request =
        HttpRequest.newBuilder(URI.create(url + "?" + store.sas()))
            .header("x-ms-version", "2024-11-04")
            .header("x-ms-range", "bytes=" + range.offset() + "-" + last)
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
