package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.CallersForTests;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.mail.MailForTests;
import io.dorsal.mail.MailWork;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Section 1.6: administrators and the creator are told of an end by mail as well. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ExpiryMailIntegrationTests {

  private static final Instant START = Instant.parse("2027-03-01T06:00:00Z");

  private static MailForTests server;
  private static ConfigurableApplicationContext rooms;
  private static JdbcTemplate jdbc;

  private final String ann = "ann-" + UUID.randomUUID() + "@whales.example";
  private final String bob = "bob-" + ann;
  private final UUID tenant = MailForTests.tenant(jdbc);
  private final UUID creator = MailForTests.user(jdbc, tenant, ann, false);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) throws Exception {
    server = MailForTests.start();
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    settings.putAll(server.settings());
    rooms = RoomsForTests.on(settings, ClockForTests.class);
    jdbc = rooms.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
    server.close();
  }

  private static void at(Instant now) {
    rooms.getBean(ClockForTests.Hand.class).set(now);
  }

  private static void morning() {
    rooms.getBean(ExpiryWatch.class).sendNotices();
    rooms.getBean(MailWork.class).sendDue();
  }

  private Caller caller() {
    return CallersForTests.user(tenant, creator, TenantRole.TENANT_ADMIN);
  }

  private Connection connected() {
    return rooms
        .getBean(ConnectionChanges.class)
        .create(
            caller(),
            new ConnectionRequest(
                "Wale",
                "AZURE_BLOB",
                "whales",
                "http://127.0.0.1:1/whales",
                "SAS_TOKEN",
                "ss=b&srt=sco&sp=rl&se="
                    + START.plus(Duration.ofDays(29).plusHours(2))
                    + "&sig=plantedMARKER",
                List.of()));
  }

  /** Scenario 7: exactly the 30-, 7- and 1-day notices, once each, to each of the two. */
  @Test
  void threeMailsAreSentOnceEach() throws Exception {
    MailForTests.user(jdbc, tenant, bob, true);
    at(START);
    connected();
    for (int day = 0; day < 30; day++) {
      at(START.plus(Duration.ofDays(day)));
      morning();
    }
    for (String each : List.of(ann, bob)) {
      assertThat(server.subjects(each))
          .containsExactlyInAnyOrder(
              "The secret of Wale ends within 30 days",
              "The secret of Wale ends within 7 days",
              "The secret of Wale ends within 1 day");
      for (MimeMessage mail : server.to(each)) {
        assertThat(MailForTests.text(mail))
            .contains(
                "Replace the SAS token before 30 March 2027 at 08:00 UTC; after that scans and"
                    + " sync stop.");
        var raw = new ByteArrayOutputStream();
        mail.writeTo(raw);
        assertThat(raw.toString(StandardCharsets.UTF_8)).doesNotContain("MARKER");
      }
    }
  }

  /** Scenario 7: a new secret stops them, also the one that waits for the mail server. */
  @Test
  void aNewSecretStopsThem() {
    at(START);
    Connection made = connected();
    rooms.getBean(ExpiryWatch.class).sendNotices();
    rooms
        .getBean(ConnectionChanges.class)
        .replaceSecret(
            caller(),
            made.id(),
            Objects.requireNonNull(made.version()),
            "ss=b&srt=sco&sp=rl&se=" + START.plus(Duration.ofDays(300)) + "&sig=abc");
    for (int day = 0; day < 30; day++) {
      at(START.plus(Duration.ofDays(day)));
      morning();
    }
    assertThat(server.to(ann)).isEmpty();
  }
}
