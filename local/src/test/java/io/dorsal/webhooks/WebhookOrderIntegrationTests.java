package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Tenancy;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.Journal;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In which order events are told, and that each is told once. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class WebhookOrderIntegrationTests {

  private static ConfigurableApplicationContext rooms;
  private static ConfigurableApplicationContext secondHost;

  private WebhookFixture given;
  private Receiver receiver;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> settings = new HashMap<>(postgres.empty());
    Migration.run(settings);
    settings.put("dorsal.webhook-private-addresses", "true");
    rooms = RoomsForTests.on(settings, ClockForTests.class);
    secondHost = RoomsForTests.on(settings, ClockForTests.class);
  }

  @AfterAll
  static void stop() {
    secondHost.close();
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
  void scenario30APausedWebhookKeepsAThousandAndSendsThemInOrder() throws Exception {
    Webhook webhook = given.webhook(receiver.url(), "ONBOARDING");
    given.put(webhook, WebhookState.PAUSED);
    for (int number = 1; number <= 1_200; number++) {
      given.happens("scan.finished", number);
    }
    given.pickedUp(1_200);
    deliver();
    assertThat(receiver.got()).isEmpty();
    assertThat(given.deliveries(webhook)).hasSize(1_000);
    assertThat(given.loaded(webhook).dropped()).isEqualTo(200);

    given.put(webhook, WebhookState.ACTIVE);
    for (int calls = 0; calls < 20 && receiver.got().size() < 1_000; calls++) {
      deliver();
    }
    assertThat(receiver.got().stream().map(got -> got.json().at("/after/number").asInt()).toList())
        .isEqualTo(IntStream.rangeClosed(201, 1_200).boxed().toList());
  }

  @Test
  void whatCommitsLateIsToldOnceAndInOrder() throws Exception {
    Webhook webhook = given.webhook(receiver.url(), "ONBOARDING");
    var wrote = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(
                () ->
                    Tenancy.run(
                        given.tenant,
                        () ->
                            new TransactionTemplate(given.bean(PlatformTransactionManager.class))
                                .executeWithoutResult(status -> slowly(wrote, mayEnd))));
    wrote.await();
    given.happens("scan.finished", 2);
    for (int i = 0; i < 5; i++) {
      assertThat(given.bean(EventPickUp.class).pickUp()).isZero();
    }
    mayEnd.countDown();
    slow.join();
    given.pickedUp(2);
    deliver();
    assertThat(receiver.got().stream().map(got -> got.json().at("/after/number").asInt()).toList())
        .containsExactly(1, 2);
    assertThat(given.deliveries(webhook)).hasSize(2);
  }

  private void slowly(CountDownLatch wrote, CountDownLatch mayEnd) {
    given.bean(Journal.class).record(given.act("scan.finished", 1));
    wrote.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoHostsTellEachEventOnceAndInOrder() throws Exception {
    given.webhook(receiver.url(), "ONBOARDING");
    secondHost.getBean(ClockForTests.Hand.class).set(given.now());
    for (int number = 0; number < 100; number++) {
      given.happens("scan.finished", number);
    }
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    secondHost.getBean(EventPickUp.class).pickUp();
                    secondHost.getBean(DeliveryWork.class).deliverDue();
                  }
                });
    for (int i = 0; i < 500 && receiver.got().size() < 100; i++) {
      given.bean(EventPickUp.class).pickUp();
      deliver();
      Thread.sleep(10);
    }
    other.join();
    assertThat(receiver.got().stream().map(got -> got.json().at("/after/number").asInt()).toList())
        .isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(new HashSet<>(receiver.got().stream().map(Receiver.Got::deliveryId).toList()))
        .hasSize(100);
  }
}
