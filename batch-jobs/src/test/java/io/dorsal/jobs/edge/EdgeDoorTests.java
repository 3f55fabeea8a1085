package io.dorsal.jobs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dorsal.access.LimitsForTests;
import io.dorsal.access.RequestSettings;
import io.dorsal.jobs.operations.Probes;
import io.dorsal.operations.Metrics;
import io.dorsal.operations.Readiness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

class EdgeDoorTests {

  @Test
  void refusalsDoNotRepeatTheSecretsOfAnAddress() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", door());
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri =
          URI.create(
              "http://127.0.0.1:" + server.getAddress().getPort() + "/blobs;sig=m4rk3r%2Bsecret");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      var body = JsonMapper.shared().readTree(answer.body());
      assertThat(body.path("code").asString()).isEqualTo("NOT_FOUND");
      assertThat(body.path("instance").asString()).isEqualTo("/blobs;sig=***");
      assertThat(answer.body()).doesNotContain("m4rk3r");
      assertThat(body.path("request_id").asString()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
    } finally {
      server.stop(0);
    }
  }

  // 40-36
  @Test
  void callsOverTheBoundsAreRefusedHereToo() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", door());
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var longUrl = HttpRequest.newBuilder(URI.create(base + "/a?b=" + "a".repeat(9 << 10)));
      assertThat(client.send(longUrl.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(414);
      var headers = HttpRequest.newBuilder(URI.create(base + "/a"));
      headers.header("X-One", "a".repeat(40 << 10));
      assertThat(client.send(headers.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(431);
    } finally {
      server.stop(0);
    }
  }

  /** Streams and tokens are behind the addresses that it refuses. */
  @SuppressWarnings("NullAway")
  private static EdgeDoor door() {
    var settings = new EdgeSettings("127.0.0.1", 0, Duration.ofSeconds(15), Duration.ofHours(1), 1);
    var requests = new RequestSettings(Duration.ofSeconds(30), false, 0);
    return new EdgeDoor(
        null,
        LimitsForTests.none(requests),
        requests,
        new ScanStreams(null, null, settings),
        settings,
        new Probes(new Readiness(List.of(), () -> null, Clock.systemUTC())),
        new Metrics(new StandardEnvironment()),
        null,
        Clock.systemUTC());
  }
}
