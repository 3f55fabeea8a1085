package io.dorsal.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Tenancy;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.mail.MailForTests;
import io.dorsal.mail.MailWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** 40 §6: owners and administrators are told of a key's end by mail as well. */
@ExtendWith(ServersForTests.class)
class ApiKeyMailIntegrationTests {

  @Test
  void theTightestThresholdIsMailedOnce(ServersForTests.Postgres postgres) throws Exception {
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    try (MailForTests server = MailForTests.start()) {
      settings.putAll(server.settings());
      try (ConfigurableApplicationContext rooms = RoomsForTests.on(settings)) {
        JdbcTemplate jdbc = rooms.getBean(JdbcTemplate.class);
        UUID tenant = MailForTests.tenant(jdbc);
        UUID ann = MailForTests.user(jdbc, tenant, "ann@whales.example", false);
        MailForTests.user(jdbc, tenant, "bob@whales.example", true);
        ApiKey key = key(tenant, ann, rooms.getBean(Clock.class).instant());
        Tenancy.run(
            tenant, () -> rooms.getBean(ApiKeyRows.class).add(key, KeyText.generate().hash()));
        for (int i = 0; i < 2; i++) {
          rooms.getBean(ApiKeyWatch.class).sendNotices();
          rooms.getBean(MailWork.class).sendDue();
        }
        for (String each : List.of("ann@whales.example", "bob@whales.example")) {
          assertThat(server.subjects(each))
              .containsExactly("The API key nightly ends within 7 days");
          assertThat(MailForTests.text(server.to(each).getFirst()))
              .contains("Rotate the key that begins with dk_" + key.prefix());
        }
      }
    }
  }

  private static ApiKey key(UUID tenant, UUID owner, Instant now) {
    return new ApiKey(
        tenant,
        UUID.randomUUID(),
        KeyText.generate().prefix(),
        KeyKind.USER,
        owner,
        "nightly",
        List.of("*"),
        List.of(),
        owner.toString(),
        now,
        now.plus(Duration.ofDays(6)),
        null,
        null,
        null,
        null,
        0);
  }
}
