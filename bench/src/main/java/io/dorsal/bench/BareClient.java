package io.dorsal.bench;

import io.dorsal.bench.figures.Processes;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.store.StubFile;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.bench.store.StubStore;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ceiling: lists the container and reads the first range of each file, as a scan does, and does
 * nothing with them. The JDK's HTTP client on virtual threads.
 */
final class BareClient {

  private static final Pattern NEXT = Pattern.compile("<NextMarker>([^<]*)</NextMarker>");

  private final StubStore store;
  private final int inFlight;
  private final int range;

  /**
   * @param inFlight requests at once
   * @param range bytes of the first range
   */
  BareClient(StubStore store, int inFlight, int range) {
    this.store = store;
    this.inFlight = inFlight;
    this.range = range;
  }

  /**
   * @param listing whether the container is listed first
   */
  Sample run(StubFiles files, boolean listing) throws InterruptedException, IOException {
    long requests = store.requests();
    long bytes = store.bytes();
    List<Long> self = List.of(ProcessHandle.current().pid());
    Duration cpu = Processes.cpu(self);
    long start = System.nanoTime();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      if (listing) {
        list(http);
      }
      read(http, files.all());
    }
    return new Sample(
        files.all().size(),
        Duration.ofNanos(System.nanoTime() - start),
        store.requests() - requests,
        store.bytes() - bytes,
        Processes.cpu(self).minus(cpu),
        0);
  }

  private void list(HttpClient http) throws IOException, InterruptedException {
    String marker = "";
    do {
      String query = "?restype=container&comp=list&maxresults=5000&marker=" + marker;
      var request = HttpRequest.newBuilder(URI.create(store.endpoint() + "/c" + query)).build();
      String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = NEXT.matcher(page);
      marker = matcher.find() ? matcher.group(1) : "";
    } while (!marker.isEmpty());
  }

  private void read(HttpClient http, List<StubFile> files) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < inFlight; i++) {
        threads.execute(
            () -> {
              try {
                for (int at = next.getAndIncrement();
                    at < files.size() && failure.get() == null;
                    at = next.getAndIncrement()) {
                  read(http, files.get(at));
                }
              } catch (IOException | InterruptedException e) {
                failure.set(e);
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("The store failed the bare client", failure.get());
    }
  }

  private void read(HttpClient http, StubFile file) throws IOException, InterruptedException {
    if (file.size() == 0) {
      return;
    }
    var request =
        HttpRequest.newBuilder(URI.create(store.endpoint() + "/c/" + encoded(file.name())))
            .header("x-ms-range", "bytes=0-" + (Math.min(range, file.size()) - 1))
            .header("If-Match", file.etag())
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 206) {
      throw new IOException("status " + answer.statusCode());
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
