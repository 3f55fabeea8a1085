package io.dorsal.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one JSON object per line and stands before every log appender: the message with its
 * arguments, the context and the exception's texts are written without secrets. Members without a
 * value are left out. Thread-safe.
 */
public class JsonLogEncoder extends EncoderBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> CONTEXT =
      List.of("trace_id", "span_id", "request_id", "tenant_id", "user_id", "job_id", "route");
  private static final List<String> VALUES = List.of("code", "duration_ms");
  private static final int LONGEST = 64 * 1024;

  private final JsonMapper json = JsonMapper.shared();
  private String service = "dorsal";

  /** The deployable's name. */
  public void setService(String name) {
    // A configuration read without Spring hands the placeholder on as it stands.
    service = name.endsWith("_IS_UNDEFINED") ? service : name;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ts", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("message", clean(event.getFormattedMessage()));
    line.put("service", service);
    line.put("instance", Instance.id());
    line.put("version", Build.current().version());
    Map<String, String> context = event.getMDCPropertyMap();
    for (String name : CONTEXT) {
      String value = context.get(name);
      if (value != null) {
        line.put(name, clean(value));
      }
    }
    for (KeyValuePair pair : values(event)) {
      if (VALUES.contains(pair.key) && pair.value != null) {
        line.put(pair.key, pair.value instanceof Number ? pair.value : clean("" + pair.value));
      }
    }
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      line.put("error", error(failure));
    }
    return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<KeyValuePair> values(ILoggingEvent event) {
    @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  private static Map<String, Object> error(IThrowableProxy failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", failure.getClassName());
    if (failure.getMessage() != null) {
      error.put("message", clean(failure.getMessage()));
    }
    error.put("stack", clean(ThrowableProxyUtil.asString(failure)));
    return error;
  }

  private static String clean(@Nullable String text) {
    String given = text == null ? "" : text;
    return Redactor.redact(given.length() > LONGEST ? given.substring(0, LONGEST) : given);
  }
}
