package io.dorsal.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Where webhooks may lead, as shipped: not to this machine. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class WebhookAddressIntegrationTests {

  private static volatile InetAddress answer = InetAddress.ofLiteral("8.8.8.8");
  private static ConfigurableApplicationContext rooms;

  /**
   * A name service that one domain's owner changes at will. No configuration by name: other tests
   * scan this package for those.
   */
  static class NameService {
    @Bean
    Destinations.Names names() {
      return host ->
          host.equals("hooks.example")
              ? new InetAddress[] {answer}
              : InetAddress.getAllByName(host);
    }
  }

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database, ClockForTests.class, NameService.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @Test
  void scenario29PrivateAddressesAreRefusedAtSave() {
    var given = new WebhookFixture(rooms);
    for (String url :
        List.of(
            "https://127.0.0.1/in",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/in",
            "https://10.0.0.1/in",
            "http://8.8.8.8/in")) {
      assertThatThrownBy(() -> given.webhook(url, "ONBOARDING"))
          .as(url)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isEqualTo(WebhookProblem.WEBHOOK_URL_REFUSED));
    }
  }

  @Test
  void scenario29ANameThatLeadsToAPrivateAddressAtSendIsNotConnectedTo() throws Exception {
    var given = new WebhookFixture(rooms);
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answer = InetAddress.ofLiteral("8.8.8.8");
      String url = "https://hooks.example:" + listening.getLocalPort() + "/in";
      Webhook webhook = given.webhook(url, "ONBOARDING");
      answer = InetAddress.getLoopbackAddress();
      given.happens("scan.finished", 1);
      given.pickedUp(1);
      given.bean(DeliveryWork.class).deliverDue();

      Delivery failed = given.deliveries(webhook).getFirst();
      assertThat(failed.attempts()).isEqualTo(1);
      assertThat(failed.lastError()).isEqualTo(DeliveryError.ADDRESS_REFUSED);
      assertThat(failed.state()).isEqualTo(DeliveryState.WAITING);
      listening.setSoTimeout(500);
      assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
