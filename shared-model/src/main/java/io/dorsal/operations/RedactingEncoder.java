package io.dorsal.operations;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/**
 * For processes whose log is lines for people: the whole line, with its arguments, its context and
 * the exception's texts, is written without secrets. Thread-safe.
 */
public class RedactingEncoder extends PatternLayoutEncoder {

  @Override
  public byte[] encode(ILoggingEvent event) {
    return Redactor.redact(getLayout().doLayout(event)).getBytes(StandardCharsets.UTF_8);
  }
}
