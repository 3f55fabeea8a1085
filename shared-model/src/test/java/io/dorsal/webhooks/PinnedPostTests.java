package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedPostTests {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PinnedPost post =
      new PinnedPost((SSLSocketFactory) SSLSocketFactory.getDefault(), PATIENCE);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private HttpServer answering(HttpServer server, int status) {
    server.createContext(
        "/",
        exchange -> {
          try (InputStream in = exchange.getRequestBody()) {
            seen.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Host")
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-A")
                    + " "
                    + new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private HttpServer plain(int status) throws IOException {
    return answering(HttpServer.create(new InetSocketAddress(HERE, 0), 0), status);
  }

  @Test
  void goesToTheGivenAddressWhateverTheNameAndFollowsNoRedirect() throws IOException {
    HttpServer server = plain(302);
    try {
      String authority = "hooks.invalid:" + server.getAddress().getPort();
      URI url = URI.create("http://" + authority + "/in?x=%20y");
      assertThat(post.send(url, HERE, Map.of("X-A", "b"), BODY)).isEqualTo(302);
      assertThat(seen).containsExactly("POST /in?x=%20y " + authority + " b {\"a\":1}");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void provesTheNameAndNotTheAddress(@TempDir Path directory) throws Exception {
    SSLContext own = certificateOf("hooks.example", directory);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own));
    answering(server, 204);
    try {
      var trusting = new PinnedPost(own.getSocketFactory(), PATIENCE);
      int port = server.getAddress().getPort();
      URI named = URI.create("https://hooks.example:" + port + "/");
      assertThat(trusting.send(named, HERE, Map.of(), BODY)).isEqualTo(204);
      URI other = URI.create("https://other.example:" + port + "/");
      assertThatThrownBy(() -> trusting.send(other, HERE, Map.of(), BODY))
          .isInstanceOf(SSLException.class);
      // Nobody vouches for it.
      assertThatThrownBy(() -> post.send(named, HERE, Map.of(), BODY))
          .isInstanceOf(SSLException.class);
      assertThat(seen).hasSize(1);
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext certificateOf(String name, Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var made =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:" + name,
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit"))
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = "changeit".toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void whoDripsIsGivenUpAllTheSame() throws Exception {
    var impatient =
        new PinnedPost((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(300));
    try (var server = new ServerSocket(0, 1, HERE)) {
      Thread dripping = Thread.ofVirtual().start(() -> drip(server));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThatThrownBy(() -> impatient.send(url, HERE, Map.of(), BODY))
          .isInstanceOf(SocketTimeoutException.class);
      dripping.join();
    }
  }

  /** A byte at a time, each within any wait for a read, until the other side hangs up. */
  private static void drip(ServerSocket server) {
    try (Socket one = server.accept()) {
      while (true) {
        one.getOutputStream().write('H');
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      // It hung up.
    }
  }

  @Test
  void whatIsNoHttpIsNoAnswerAndInterimAnswersArePassedOver() throws IOException {
    assertThat(answeredBy("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
        .isEqualTo(200);
    for (String answer : List.of("hello\r\n", "", "HTTP/1.1 20\r\n", "HTTP/1.1 100 C\r\n\r\n")) {
      assertThatThrownBy(() -> answeredBy(answer))
          .as(answer)
          .isInstanceOf(PinnedPost.UnreadableException.class);
    }
  }

  private int answeredBy(String text) throws IOException {
    try (var server = new ServerSocket(0, 1, HERE)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket one = server.accept()) {
                  byte[] request = new byte[64 * 1024];
                  String read = "";
                  while (!read.endsWith("{\"a\":1}")) {
                    int count = one.getInputStream().read(request);
                    read += new String(request, 0, Math.max(count, 0), StandardCharsets.US_ASCII);
                  }
                  one.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      return post.send(url, HERE, Map.of(), BODY);
    }
  }

  @Test
  void nothingCanBeginALineOfItsOwn() {
    assertThatThrownBy(
            () ->
                post.send(
                    URI.create("http://127.0.0.1:1/"), HERE, Map.of("X-A", "b\r\nX-C: d"), BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
