package io.dorsal.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Says whether a started process can do its work yet. Asked often; must answer within a second or
 * two.
 */
@FunctionalInterface
public interface Readiness {

  /** False, or an exception, when it is too early. */
  boolean ready() throws IOException, InterruptedException;

  /** Ready as soon as it runs. */
  static Readiness atOnce() {
    return () -> true;
  }

  /** Ready when something accepts connections on the port of the loopback address. */
  static Readiness listening(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return true;
      }
    };
  }

  /** Ready when a GET answers 200. */
  static Readiness answering(URI uri) {
    return () -> {
      try (HttpClient client =
          HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build()) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      }
    };
  }
}
