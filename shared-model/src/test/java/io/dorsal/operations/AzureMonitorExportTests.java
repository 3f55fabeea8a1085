package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

/** That Application Insights gets what the timeline has, in its own form and without secrets. */
class AzureMonitorExportTests {

  private static final String KEY = "00000000-0000-0000-0000-00000000d015";

  @Test
  void endedHopsAreSentToTheIngestionEndpoint() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    HttpServer ingestion =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ingestion.createContext("/", exchange -> take(exchange, got));
    ingestion.start();
    try {
      String address = "http://127.0.0.1:" + ingestion.getAddress().getPort() + "/";
      var settings =
          new MockEnvironment()
              .withProperty(
                  "applicationinsights.connection.string",
                  "InstrumentationKey=" + KEY + ";IngestionEndpoint=" + address)
              .withProperty("spring.application.name", "dorsal-test");
      var export = new AzureMonitorExport(settings, new KeptRows(new JdbcTemplate(), settings));
      TraceContext trace = TraceContext.start();
      export.sent(
          List.of(
              hop(trace, Kept.Kind.HTTP, "still open", null),
              hop(trace, Kept.Kind.HTTP, "POST scans", 40L),
              hop(trace, Kept.Kind.BLOB, "list blobs", 12L)));

      String sent = got.poll(30, TimeUnit.SECONDS);
      assertThat(sent)
          .startsWith("POST /v2.1/track ")
          .contains(KEY, "\"RequestData\"", "POST scans", "\"RemoteDependencyData\"", "list blobs")
          .contains("\"ai.operation.id\":\"" + trace.traceId() + "\"")
          .contains("[dorsal]/dorsal-test", "SAS_EXPIRED", "azure-id-1")
          .doesNotContain("still open", "MARKERSIGNATURE");
      export.destroy();
      assertThat(export.unsent()).isZero();
      // Neither metrics nor logs nor live metrics.
      assertThat(got).isEmpty();
    } finally {
      ingestion.stop(0);
    }
  }

  private static void take(HttpExchange exchange, BlockingQueue<String> got) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    got.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + new String(body, StandardCharsets.UTF_8));
    byte[] answer =
        "{\"itemsReceived\":2,\"itemsAccepted\":2,\"errors\":[]}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static Kept.Hop hop(
      TraceContext trace, Kept.Kind kind, String name, @Nullable Long millis) {
    return new Kept.Hop(
        UUID.randomUUID(),
        trace.traceId(),
        trace.child().spanId(),
        null,
        kind,
        name,
        Instant.now(),
        millis,
        Kept.State.ERROR,
        "SAS_EXPIRED",
        null,
        "azure-id-1",
        List.of(),
        Map.of("url", "https://a.blob.core.windows.net/c?sv=1&sig=MARKERSIGNATURE%2Babcdefgh"));
  }
}
