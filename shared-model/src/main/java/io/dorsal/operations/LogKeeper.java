package io.dorsal.operations;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log lines that warn, and those that belong to a trace, so that they are found whichever
 * process wrote them. At most {@value #INFO_PER_SECOND} lines a second that do not warn, and
 * {@value #WARN_PER_SECOND} that do; every line is in the process's own log anyway.
 */
final class LogKeeper extends AppenderBase<ILoggingEvent> {

  static final int INFO_PER_SECOND = 20;
  static final int WARN_PER_SECOND = 50;
  private static final int LONGEST = 4_000;

  private final Consumer<Kept> sink;
  private long second;
  private int infos;
  private int warnings;

  LogKeeper(Consumer<Kept> sink) {
    this.sink = sink;
    setName("dorsal-kept");
  }

  void begin() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      setContext(context);
      start();
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(this);
    }
  }

  void end() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(this);
      stop();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, String> mdc = event.getMDCPropertyMap();
    String trace = mdc.get("trace_id");
    boolean warns = event.getLevel().isGreaterOrEqual(Level.WARN);
    boolean wanted = warns || (trace != null && event.getLevel().isGreaterOrEqual(Level.INFO));
    // What the writing itself says would be written for ever.
    if (!wanted || event.getThreadName().equals(Recorder.THREAD) || !mayPass(event, warns)) {
      return;
    }
    sink.accept(
        new Kept.Line(
            tenant(mdc.get("tenant_id")),
            event.getInstant(),
            event.getLevel().toString(),
            event.getLoggerName(),
            cut(Redactor.redact(event.getFormattedMessage())),
            trace,
            mdc.get("span_id"),
            mdc.get("request_id"),
            mdc.get("user_id"),
            error(event)));
  }

  private synchronized boolean mayPass(ILoggingEvent event, boolean warns) {
    long now = event.getTimeStamp() / 1_000;
    if (now != second) {
      second = now;
      infos = 0;
      warnings = 0;
    }
    return warns ? ++warnings <= WARN_PER_SECOND : ++infos <= INFO_PER_SECOND;
  }

  private static UUID tenant(@Nullable String text) {
    try {
      return text == null ? Kept.NO_TENANT : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return Kept.NO_TENANT;
    }
  }

  private static @Nullable String error(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? null
        : cut(Redactor.redact(ThrowableProxyUtil.asString(event.getThrowableProxy())));
  }

  private static String cut(String text) {
    String storable = text.replace("\0", "");
    return storable.length() <= LONGEST ? storable : storable.substring(0, LONGEST) + "…";
  }
}
