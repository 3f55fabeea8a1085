package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.local.ClockForTests;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A tenant whose administrator makes webhooks, and to whom things happen. */
final class WebhookFixture {

  static final String SECRET = "0123456789abcdef0123456789abcdef";

  final UUID tenant = UUID.randomUUID();
  final Caller admin = Caller.of(tenant, "ann", TenantRole.TENANT_ADMIN);
  private final ConfigurableApplicationContext rooms;
  private Instant now = Instant.parse("2026-11-29T08:00:00Z");

  WebhookFixture(ConfigurableApplicationContext rooms) {
    this.rooms = rooms;
    later(Duration.ZERO);
  }

  <T> T bean(Class<T> type) {
    return rooms.getBean(type);
  }

  Instant now() {
    return now;
  }

  void later(Duration by) {
    now = now.plus(by);
    bean(ClockForTests.Hand.class).set(now);
  }

  Webhook webhook(String url, String... events) {
    var wanted = new WebhookWanted("Ours", url, List.of(events), null, SECRET, null);
    return Tenancy.in(tenant, () -> bean(Webhooks.class).create(admin, wanted).webhook());
  }

  /** Something happens, in a transaction of its own. */
  void happens(String action, int number) {
    happens(act(action, number));
  }

  void happens(Act act) {
    Tenancy.run(
        tenant,
        () ->
            new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> bean(Journal.class).record(act)));
  }

  Act act(String action, int number) {
    return Act.of(admin, AuditCategory.ONBOARDING, action)
        .on("scan", UUID.randomUUID(), null)
        .changing(Map.of(), Map.of("number", number));
  }

  /** Picks up until so many deliveries are there, kept or dropped. */
  void pickedUp(int wanted) throws InterruptedException {
    int made = 0;
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (made < wanted && System.nanoTime() < end) {
      made += bean(EventPickUp.class).pickUp();
      Thread.sleep(20);
    }
    assertThat(made).isEqualTo(wanted);
  }

  List<Delivery> deliveries(Webhook webhook) {
    return Tenancy.in(tenant, () -> bean(Deliveries.class).page(admin, webhook.id(), null, 10_000));
  }

  Webhook loaded(Webhook webhook) {
    return Tenancy.in(tenant, () -> bean(Webhooks.class).get(admin, webhook.id()));
  }

  Webhook put(Webhook webhook, WebhookState state) {
    return Tenancy.in(tenant, () -> bean(Webhooks.class).put(admin, webhook.id(), state));
  }

  /** Texts that a query about the tenant gives. */
  List<String> texts(String query) {
    return Tenancy.in(tenant, () -> bean(JdbcClient.class).sql(query).query(String.class).list());
  }
}
