package io.dorsal.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import io.dorsal.operations.TraceContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class BlobPatienceTests {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int READS = 60;

  /** A source that answers a byte at a time would hold a worker's place for as long as it likes. */
  @Test
  void answerThatNeverEndsIsGivenUpInTime() throws Exception {
    assertGivenUp(BlobPatienceTests::drip);
  }

  @Test
  void answerThatNeverBeginsIsGivenUpInTime() throws Exception {
    assertGivenUp(store -> Thread.sleep(Duration.ofMinutes(1)));
  }

  /** Okio 3.16.0 ordered waits by their length and not by their end, and was late at most. */
  @Test
  void readIsGivenUpInTimeAmongManyThatBeganBefore() throws Exception {
    try (var store = new ServerSocket(0, READS, InetAddress.getLoopbackAddress());
        var reads = Executors.newVirtualThreadPerTaskExecutor()) {
      var container = container(store);
      List<Future<Duration>> waits = new ArrayList<>();
      for (int i = 0; i < READS; i++) {
        waits.add(reads.submit(() -> waited(container)));
        Thread.sleep(PATIENCE.dividedBy(20));
      }
      for (Future<Duration> wait : waits) {
        assertThat(wait.get()).isBetween(PATIENCE, PATIENCE.multipliedBy(2));
      }
    }
  }

  /** A stop of a worker, which a store that hangs must not hold up. */
  @Test
  void readEndsWhenItsThreadIsInterrupted() throws Exception {
    for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      try (var store = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var container = container(store, Duration.ofMinutes(1));
        var read =
            new FutureTask<>(() -> assertThatThrownBy(() -> read(container)).isNotNull(), null);
        Thread reader = kind.start(read);
        try (var caller = store.accept()) {
          assertThat(caller.getInputStream().read()).isEqualTo('G');
          reader.interrupt();
          read.get(10, TimeUnit.SECONDS);
        }
      }
    }
  }

  private static Duration waited(BlobContainerClient container) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> read(container))
        .hasStackTraceContaining(InterruptedIOException.class.getName());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void assertGivenUp(ThrowingConsumer<ServerSocket> answer) throws Exception {
    try (var store = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answering = Thread.ofVirtual().start(() -> answer.accept(store));
      var container = container(store);
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> waited(container));
      answering.interrupt();
    }
  }

  private static BlobContainerClient container(ServerSocket store) {
    return container(store, PATIENCE);
  }

  private static BlobContainerClient container(ServerSocket store, Duration patience) {
    return PublicNamesTests.access("local", patience)
        .container(
            PublicNamesTests.connection("http://localhost:" + store.getLocalPort()),
            PublicNamesTests.KEY,
            "photos",
            TraceContext.start());
  }

  private static void read(BlobContainerClient container) {
    var request = new HttpRequest(HttpMethod.GET, container.getBlobContainerUrl() + "/whale.jpg");
    var whole = new Context("azure-eagerly-read-response", true);
    container.getHttpPipeline().sendSync(request, whole);
  }

  private static void drip(ServerSocket store) {
    String head =
        """
        HTTP/1.1 200 OK\r
        ETag: "1"\r
        Content-Type: image/jpeg\r
        Content-Length: 100000\r
        \r
        """;
    try (var caller = store.accept()) {
      var answer = caller.getOutputStream();
      answer.write(head.getBytes(US_ASCII));
      for (int i = 0; i < 100_000; i++) {
        answer.write('.');
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The caller hung up.
    }
  }
}
