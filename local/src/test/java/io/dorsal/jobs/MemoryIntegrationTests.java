package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.stack.StackOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's memory stays flat, however many files a source has: it lists, cuts and inspects. */
@SuppressWarnings("NullAway.Init")
class MemoryIntegrationTests {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String WORKER = "worker-1";
  private static final String SAS =
      "sv=2021-12-02&sr=c&sp=rl&spr=https%2Chttp&se=2099-01-01T00%3A00%3A00Z&sig=Z2VuZXJhdGVk";

  /** What the heap of 512 MiB takes more only because garbage is collected late, KiB. */
  private static final long SLACK = 150 * 1024;

  @TempDir static Path directory;
  static LocalStack stack;
  static GeneratedListing store;
  static Rows rows;

  @BeforeAll
  static void start() throws Exception {
    store = new GeneratedListing(DemoArchive.plan(1, 1).plan(0).bytes());
    stack = LocalStack.start(StackOptions.in(StackDirectory.home(), directory), step -> {});
    rows = new Rows(stack.jdbcUrl());
  }

  @AfterAll
  static void close() throws Exception {
    stack.close();
    store.close();
  }

  @Test
  void hundredThousandFilesTakeNoMoreThanTenThousand() throws Exception {
    assertFlat(100_000);
  }

  @Tag("long")
  @Test
  void millionFilesTakeNoMoreThanTenThousand() throws Exception {
    assertFlat(1_000_000);
  }

  private static void assertFlat(int files) throws Exception {
    long few = peakKilobytes(10_000);
    long many = peakKilobytes(files);
    System.out.printf("Peak memory: 10000 files %d KiB, %d files %d KiB%n", few, files, many);
    assertThat(many).isLessThanOrEqualTo(few * 13 / 10 + SLACK);
  }

  /** The peak of a fresh worker that lists and cuts so many files and inspects some. */
  private static long peakKilobytes(int files) throws Exception {
    stack.killWorker(WORKER);
    long pid = stack.startWorker(WORKER).orElseThrow();
    store.holds(files);
    String token = stack.token("memory-" + UUID.randomUUID(), "TENANT_ADMIN");
    Requested scan = DemoScan.request(stack.api(), token, archive(files));
    await(
        "select to_inspect = ? and inspected >= 5000 as yes from scan_progress where scan_id = ?",
        files,
        scan.scan());
    long peak = peakOf(pid);
    cancel(scan, token);
    await("select state = 'CANCELED' as yes from scan where id = ?", scan.scan());
    assertThat(stack.process(WORKER).pid()).hasValue(pid);
    return peak;
  }

  private static WrittenArchive archive(int files) {
    return new WrittenArchive(
        GeneratedListing.ACCOUNT,
        store.endpoint(),
        GeneratedListing.CONTAINER,
        "",
        SAS,
        files,
        0,
        "none");
  }

  private static void await(String question, Object... parameters) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!rows.of(question, parameters).equals(List.of("{yes=t}"))) {
      assertThat(System.nanoTime()).as(question).isLessThan(end);
      Thread.sleep(200);
    }
  }

  private static long peakOf(long pid) throws Exception {
    String peak =
        Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(peak.replaceAll("\\D", ""));
  }

  private static void cancel(Requested scan, String token) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(stack.api() + "/api/v1/scans/" + scan.scan() + "/cancel");
      var request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
    }
  }
}
