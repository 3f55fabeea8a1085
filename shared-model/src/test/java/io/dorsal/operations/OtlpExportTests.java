package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

/** That a collector gets what the timeline has. */
class OtlpExportTests {

  @Test
  void endedHopsAreSentToTheCollectorWithItsHeaders() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          got.add(
              exchange.getRequestHeaders().getFirst("x-key")
                  + " "
                  + new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      var settings =
          new MockEnvironment()
              .withProperty(
                  "otel.exporter.otlp.endpoint",
                  "http://127.0.0.1:" + collector.getAddress().getPort() + "/")
              .withProperty("otel.exporter.otlp.headers", "x-key=k1")
              .withProperty("spring.application.name", "dorsal-test");
      var export = new OtlpExport(settings, new KeptRows(new JdbcTemplate(), settings));
      export.sent(List.of(hop("still open", null), hop("list blobs", 12L)));
      String sent = got.poll(20, TimeUnit.SECONDS);
      assertThat(sent)
          .startsWith("k1 ")
          .contains("list blobs", "dorsal-test", "SAS_EXPIRED", "azure-id-1")
          .doesNotContain("still open");
      export.destroy();
      assertThat(export.unsent()).isZero();
    } finally {
      collector.stop(0);
    }
  }

  private static Kept.Hop hop(String name, @Nullable Long millis) {
    TraceContext trace = TraceContext.start();
    return new Kept.Hop(
        UUID.randomUUID(),
        trace.traceId(),
        trace.spanId(),
        null,
        Kept.Kind.BLOB,
        name,
        Instant.now(),
        millis,
        Kept.State.ERROR,
        "SAS_EXPIRED",
        null,
        "azure-id-1",
        List.of(),
        Map.of());
  }
}
