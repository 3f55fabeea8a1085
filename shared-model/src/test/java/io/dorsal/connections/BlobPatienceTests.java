package io.dorsal.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.dorsal.operations.TraceContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class BlobPatienceTests {

  /** A source that answers a byte at a time would hold a worker's place for as long as it likes. */
  @Test
  void answerThatNeverEndsIsGivenUpInTime() throws Exception {
    assertGivenUp(BlobPatienceTests::drip);
  }

  @Test
  void answerThatNeverBeginsIsGivenUpInTime() throws Exception {
    assertGivenUp(store -> Thread.sleep(Duration.ofMinutes(1)));
  }

  private static void assertGivenUp(ThrowingConsumer<ServerSocket> answer) throws Exception {
    try (var store = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answering = Thread.ofVirtual().start(() -> answer.accept(store));
      var container =
          PublicNamesTests.access("local", Duration.ofSeconds(1))
              .container(
                  PublicNamesTests.connection("http://localhost:" + store.getLocalPort()),
                  PublicNamesTests.KEY,
                  "photos",
                  TraceContext.start());
      var request = new HttpRequest(HttpMethod.GET, container.getBlobContainerUrl() + "/whale.jpg");
      var whole = new Context("azure-eagerly-read-response", true);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> container.getHttpPipeline().sendSync(request, whole))
                  .hasStackTraceContaining(InterruptedIOException.class.getName()));
      answering.interrupt();
    }
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
