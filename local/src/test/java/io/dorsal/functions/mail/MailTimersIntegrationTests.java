package io.dorsal.functions.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.mail.MailForTests;
import io.dorsal.mail.MailWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Where no mail is sent, the start says so. */
@ExtendWith(ServersForTests.class)
class MailTimersIntegrationTests {

  @Test
  void thatNoMailIsSentIsSaidOnce(ServersForTests.Postgres postgres) throws Exception {
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    assertThat(said(settings)).containsExactly("INFO No mail is sent: DORSAL_MAIL_URL is not set");
    try (MailForTests server = MailForTests.start()) {
      settings.putAll(server.settings());
      assertThat(said(settings)).isEmpty();
    }
  }

  /** By a start and two fires. */
  private static List<String> said(Map<String, String> settings) {
    var lines = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger(MailTimers.class);
    try (var rooms = RoomsForTests.on(settings)) {
      lines.start();
      log.setLevel(Level.INFO);
      log.addAppender(lines);
      var timers = new MailTimers(rooms.getBean(MailWork.class));
      timers.send("");
      timers.send("");
    } finally {
      log.setLevel(null);
      log.detachAppender(lines);
    }
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }
}
