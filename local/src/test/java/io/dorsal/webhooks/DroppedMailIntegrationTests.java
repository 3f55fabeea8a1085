package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.CallersForTests;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.mail.MailForTests;
import io.dorsal.mail.MailWork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** 40 §12: who made a webhook is told by mail that its deliveries are dropped. */
@ExtendWith(ServersForTests.class)
class DroppedMailIntegrationTests {

  @Test
  void theOwnerGetsAMailAndNoOtherAdministrator(ServersForTests.Postgres postgres)
      throws Exception {
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    settings.put("dorsal.webhook-private-addresses", "true");
    try (MailForTests server = MailForTests.start()) {
      settings.putAll(server.settings());
      try (ConfigurableApplicationContext rooms = RoomsForTests.on(settings, ClockForTests.class);
          Receiver receiver = Receiver.start()) {
        drop(rooms, receiver);
        rooms.getBean(MailWork.class).sendDue();
        assertThat(server.subjects("ann@whales.example"))
            .containsExactly("The webhook Ours does not take what it is sent");
        assertThat(MailForTests.text(server.to("ann@whales.example").getFirst()))
            .contains("put the receiver right, and send them again.")
            .doesNotContain(WebhookFixture.SECRET);
        assertThat(server.to("bob@whales.example")).isEmpty();
      }
    }
  }

  private static void drop(ConfigurableApplicationContext rooms, Receiver receiver)
      throws Exception {
    var given = new WebhookFixture(rooms);
    JdbcTemplate jdbc = rooms.getBean(JdbcTemplate.class);
    jdbc.update(
        "insert into tenant (id, name, display_name) values (?, 'whales', 'W')", given.tenant);
    UUID ann = MailForTests.user(jdbc, given.tenant, "ann@whales.example", true);
    MailForTests.user(jdbc, given.tenant, "bob@whales.example", true);
    receiver.answers(503);
    var wanted =
        new WebhookWanted(
            "Ours", receiver.url(), List.of("scan.finished"), null, WebhookFixture.SECRET, null);
    Tenancy.run(
        given.tenant, () -> rooms.getBean(Webhooks.class).create(owner(given.tenant, ann), wanted));
    given.happens("scan.finished", 1);
    given.happens("scan.finished", 2);
    given.pickedUp(2);
    for (int attempt = 0; attempt < 8; attempt++) {
      rooms.getBean(DeliveryWork.class).deliverDue();
      given.later(Duration.ofHours(24));
    }
    assertThat(given.texts("select state from webhook_delivery")).containsOnly("DROPPED");
  }

  private static Caller owner(UUID tenant, UUID user) {
    return CallersForTests.user(tenant, user, TenantRole.TENANT_ADMIN);
  }
}
