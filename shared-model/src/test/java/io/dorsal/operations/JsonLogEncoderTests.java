package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLogEncoderTests {

  private static final String MARKER = "PLANTEDsecret0123456789";

  private final JsonLogEncoder encoder = new JsonLogEncoder();

  @Test
  void aLineIsOneObjectWithTheMembersOfTheSpec() {
    LoggingEvent event = event("Posted {} messages", new Object[] {3}, null);
    event.setMDCPropertyMap(
        Map.of(
            "trace_id", "t",
            "span_id", "s",
            "request_id", "r",
            "tenant_id", "n",
            "user_id", "u",
            "job_id", "j",
            "unknown", "x"));
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("code", "NOT_FOUND"),
            new KeyValuePair("duration_ms", 12L),
            new KeyValuePair("unknown", "x")));
    encoder.setService("dorsal-worker");

    String text = new String(encoder.encode(event), StandardCharsets.UTF_8);

    assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode line = JsonMapper.shared().readTree(text);
    assertThat(line.propertyNames())
        .containsExactly(
            "ts",
            "level",
            "logger",
            "message",
            "service",
            "instance",
            "version",
            "trace_id",
            "span_id",
            "request_id",
            "tenant_id",
            "user_id",
            "job_id",
            "code",
            "duration_ms");
    assertThat(line.path("ts").asString()).isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(line.path("message").asString()).isEqualTo("Posted 3 messages");
    assertThat(line.path("service").asString()).isEqualTo("dorsal-worker");
    assertThat(line.path("duration_ms").isNumber()).isTrue();
  }

  @Test
  void aSecretInAnArgumentOrAnExceptionIsHidden() {
    var cause = new IllegalStateException("AccountKey=" + MARKER + ";EndpointSuffix=x");
    var failure = new RuntimeException("PUT https://a.example/c?sv=1&sig=" + MARKER, cause);
    LoggingEvent event =
        event("Copy of {} failed", new Object[] {"https://a.example/c?sig=" + MARKER}, failure);
    event.setMDCPropertyMap(Map.of("user_id", "sig=" + MARKER));
    event.setKeyValuePairs(List.of(new KeyValuePair("code", "sig=" + MARKER)));

    String text = new String(encoder.encode(event), StandardCharsets.UTF_8);

    assertThat(text).doesNotContain(MARKER).containsOnlyOnce("\n");
    JsonNode error = JsonMapper.shared().readTree(text).path("error");
    assertThat(error.path("type").asString()).isEqualTo("java.lang.RuntimeException");
    assertThat(error.path("message").asString()).contains("PUT https://a.example/c");
    assertThat(error.path("stack").asString()).contains("Caused by: ", "AccountKey=***");
  }

  private static LoggingEvent event(
      String message, Object[] arguments, @Nullable Throwable failure) {
    var logger = new LoggerContext().getLogger("io.dorsal.test");
    var event = new LoggingEvent("", logger, Level.INFO, message, failure, arguments);
    event.setTimeStamp(java.time.Instant.parse("2026-01-02T03:04:05.006Z").toEpochMilli());
    return event;
  }
}
