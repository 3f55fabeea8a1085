package io.dorsal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.dorsal.operations.JsonLogEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Every way to this deployable's log passes the redactor. */
class LogsTests {

  @Test
  void everyAppenderRedacts() throws Exception {
    var shipped = new Properties();
    try (var file = LogsTests.class.getResourceAsStream("/application.properties")) {
      shipped.load(file);
    }
    String config = shipped.getProperty("logging.config").replace("classpath:", "/");
    var context = new LoggerContext();
    var reader = new JoranConfigurator();
    reader.setContext(context);
    reader.doConfigure(LogsTests.class.getResource(config));

    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    for (Logger logger : context.getLoggerList()) {
      logger.iteratorForAppenders().forEachRemaining(appenders::add);
    }
    assertThat(appenders)
        .isNotEmpty()
        .allSatisfy(
            appender ->
                assertThat(((ConsoleAppender<?>) appender).getEncoder())
                    .isInstanceOf(JsonLogEncoder.class));
    context.stop();
  }
}
