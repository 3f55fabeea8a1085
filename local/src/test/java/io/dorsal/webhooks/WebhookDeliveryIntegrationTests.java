package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Tenancy;
import io.dorsal.access.WebhookSignature;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

/** Deliveries to a receiver on this machine, which a setting of the local profile allows here. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class WebhookDeliveryIntegrationTests {

  private static ConfigurableApplicationContext rooms;

  private WebhookFixture given;
  private Receiver receiver;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    settings.put("dorsal.webhook-private-addresses", "true");
    rooms = RoomsForTests.on(settings, ClockForTests.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void given() throws IOException {
    given = new WebhookFixture(rooms);
    receiver = Receiver.start();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private void deliver() {
    given.bean(DeliveryWork.class).deliverDue();
  }

  @Test
  void scenario28EightAttemptsThenDroppedAndSentAgainWhenAsked() throws Exception {
    receiver.answers(503);
    Webhook webhook = given.webhook(receiver.url(), "scan.finished", "SECURITY");
    given.happens("scan.finished", 1);
    given.happens("scan.listing", 2);
    given.pickedUp(1);
    deliver();
    int made = 1;
    assertProven(receiver.got().getLast());
    for (String wait : List.of("PT30S", "PT1M", "PT5M", "PT15M", "PT1H", "PT6H", "PT24H")) {
      given.later(Duration.parse(wait).minusMillis(1));
      deliver();
      assertThat(receiver.got()).as("before %s", wait).hasSize(made);
      given.later(Duration.ofMillis(1));
      deliver();
      assertThat(receiver.got()).as("after %s", wait).hasSize(++made);
      assertProven(receiver.got().getLast());
    }
    assertThat(receiver.got())
        .extracting(Receiver.Got::deliveryId)
        .containsOnly(only(webhook).id());
    assertThat(receiver.got()).extracting(Receiver.Got::signature).doesNotHaveDuplicates();
    assertDropped(webhook);
    given.later(Duration.ofDays(2));
    deliver();
    assertThat(receiver.got()).hasSize(8);
    receiver.answers(200);
    Tenancy.run(
        given.tenant,
        () ->
            given.bean(Deliveries.class).redeliver(given.admin, webhook.id(), only(webhook).id()));
    deliver();
    assertThat(receiver.got()).hasSize(9);
    assertThat(receiver.got().getLast().deliveryId()).isEqualTo(only(webhook).id());
    assertProven(receiver.got().getLast());
    assertThat(only(webhook).state()).isEqualTo(DeliveryState.DELIVERED);
    // That it dropped one is SECURITY, but not for itself to tell.
    given.happens("scan.finished", 3);
    given.pickedUp(1);
  }

  private void assertDropped(Webhook webhook) {
    assertThat(only(webhook).state()).isEqualTo(DeliveryState.DROPPED);
    assertThat(only(webhook).attempts()).isEqualTo(8);
    assertThat(only(webhook).lastStatus()).isEqualTo(503);
    assertThat(
            given.texts(
                "select category || ' ' || (after ->> 'event') from audit_entry"
                    + " where action = 'webhook.delivery_dropped'"))
        .containsExactly("SECURITY scan.finished");
    assertThat(given.texts("select for_subject from notice where kind = 'WEBHOOK_DROPPED'"))
        .containsExactly("ann");
  }

  private Delivery only(Webhook webhook) {
    List<Delivery> all = given.deliveries(webhook);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private void assertProven(Receiver.Got got) {
    var signature = Objects.requireNonNull(WebhookSignature.parse(got.signature()));
    assertThat(signature.time()).isEqualTo(given.now().getEpochSecond());
    assertThat(signature.proves(got.body(), List.of(WebhookFixture.SECRET), given.now())).isTrue();
    assertThat(got.event()).isEqualTo("scan.finished");
    assertThat(got.json().path("action").asString()).isEqualTo("scan.finished");
    assertThat(got.json().path("tenant_id").asString()).isEqualTo(given.tenant.toString());
    assertThat(got.json().path("event_id").asString()).isNotEmpty();
  }

  /** 40 §10: what is told to others is the last hop of its trace. */
  @Test
  void eachAttemptIsAHopOfWhatHappened() throws Exception {
    receiver.answers(503);
    given.webhook(receiver.url(), "scan.finished");
    given.happens("scan.finished", 1);
    given.pickedUp(1);
    deliver();
    receiver.answers(204);
    given.later(Duration.ofSeconds(30));
    deliver();
    String trace =
        given.texts("select trace_id from audit_entry where action = 'scan.finished'").getFirst();
    List<String> hops = List.of();
    for (long end = System.nanoTime() + 20_000_000_000L;
        hops.size() < 2 && System.nanoTime() < end;
        Thread.sleep(100)) {
      hops =
          given.texts(
              "select concat_ws(' ', trace_id, span_id, name, state, code) from trace_event"
                  + " where kind = 'WEBHOOK' order by started_at");
    }
    assertThat(hops)
        .containsExactly(
            trace + " " + span(0) + " scan.finished ERROR STATUS_NOT_2XX",
            trace + " " + span(1) + " scan.finished OK");
  }

  /** Of the traceparent that the receiver was told. */
  private String span(int delivery) {
    return receiver.got().get(delivery).traceParent().substring(36, 52);
  }

  @Test
  void aReplacedSecretSignsForADayYet() throws Exception {
    Webhook webhook = given.webhook(receiver.url(), "ONBOARDING");
    String next = "another secret of thirty-two chars".replace(' ', '-');
    var change = new WebhookWanted(null, null, null, null, next, null);
    Tenancy.run(
        given.tenant,
        () -> given.bean(Webhooks.class).change(given.admin, webhook.id(), 0, change));
    given.happens("scan.finished", 1);
    given.pickedUp(1);
    deliver();
    assertThat(provenBy(next)).isTrue();
    assertThat(provenBy(WebhookFixture.SECRET)).isTrue();

    given.later(Duration.ofHours(24));
    given.happens("scan.finished", 2);
    given.pickedUp(1);
    deliver();
    assertThat(receiver.got()).hasSize(2);
    assertThat(provenBy(next)).isTrue();
    assertThat(provenBy(WebhookFixture.SECRET)).isFalse();
    assertThat(given.texts("select t::text from webhook_secret t"))
        .noneMatch(row -> row.contains(next));
  }

  @Test
  void aFilterByUserLetsOnlyTheirEventsPass() throws Exception {
    UUID user = UUID.randomUUID();
    var filters = new WebhookWanted.Filters(null, null, List.of(user.toString()));
    var wanted =
        new WebhookWanted("Theirs", receiver.url(), List.of("ONBOARDING"), filters, null, null);
    Webhook webhook =
        Tenancy.in(
            given.tenant, () -> given.bean(Webhooks.class).create(given.admin, wanted).webhook());
    assertThat(given.loaded(webhook).filters().userIds()).containsExactly(user);
    given.happens("scan.finished", 1);
    Act theirs = Act.of(given.tenant, user.toString(), AuditCategory.ONBOARDING, "scan.finished");
    given.happens(theirs);
    given.pickedUp(1);
    Tenancy.run(given.tenant, () -> given.bean(Webhooks.class).delete(given.admin, webhook.id()));
    assertThat(given.texts("select id::text from webhook_delivery")).isEmpty();
  }

  private boolean provenBy(String secret) {
    Receiver.Got got = receiver.got().getLast();
    return Objects.requireNonNull(WebhookSignature.parse(got.signature()))
        .proves(got.body(), List.of(secret), given.now());
  }
}
