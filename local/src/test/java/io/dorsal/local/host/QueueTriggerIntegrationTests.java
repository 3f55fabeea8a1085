package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.models.SubQueue;
import io.dorsal.local.servicebus.ServiceBusServer;
import io.dorsal.work.QueueSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueTriggerIntegrationTests {

  private static final String QUEUE = "import-requests";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path app;
  private ServiceBusServer bus;
  private FunctionsHost host;

  QueueTriggerIntegrationTests(@TempDir Path directory) throws IOException {
    app = directory;
    bus = bus(0);
    SampleApp.create(directory, 4);
    SampleApp.http(directory, "Seen", "seen", "seen", "GET");
    SampleApp.function(
        directory,
        "Message",
        "message",
        Map.of(
            "type",
            "serviceBusTrigger",
            "name",
            "body",
            "queueName",
            "%QUEUE%",
            "connection",
            "BUS"));
    host = start();
  }

  /** A short lock, so that a call of three seconds lives by its renewals. */
  private ServiceBusServer bus(int port) throws IOException {
    var settings = new QueueSettings(QUEUE, Duration.ofSeconds(2), 3, Duration.ofMinutes(10));
    return ServiceBusServer.start(port, app.resolve("bus.db"), List.of(settings));
  }

  private FunctionsHost start() throws IOException {
    return FunctionsHost.start(
        app, 0, HostSettings.of(Map.of("QUEUE", QUEUE, "BUS", bus.connectionString())));
  }

  @AfterEach
  void stop() {
    host.close();
    bus.close();
  }

  @Test
  void aMessageComesWithItsParticularsAndIsCompleted() throws Exception {
    ServiceBusMessage message = new ServiceBusMessage("hello").setMessageId("m-1");
    message.setCorrelationId("c-1").getApplicationProperties().put("tenant_id", "t-1");
    message
        .getApplicationProperties()
        .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    send(message);

    List<String> seen = await(lines -> !lines.isEmpty());
    assertThat(seen)
        .singleElement()
        .asString()
        .startsWith("message hello|m-1|1|c-1|t-1|00-4bf92f3577b34da6a3ce929d0e0e4736-");
    host.close();
    assertThat(waiting(SubQueue.NONE)).isEmpty();
  }

  @Test
  void aThrowAbandonsUntilTheQueueDeadLetters() throws Exception {
    send(new ServiceBusMessage("poison").setMessageId("p"));
    List<String> seen = await(lines -> lines.size() == 3);

    assertThat(seen)
        .map(line -> line.substring(0, line.indexOf("|null")))
        .containsExactly("message poison|p|1", "message poison|p|2", "message poison|p|3");
    assertThat(awaitDeadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.getMessageId()).isEqualTo("p");
              assertThat(dead.getDeadLetterReason()).isEqualTo("MaxDeliveryCountExceeded");
            });
  }

  @Test
  void aLongCallKeepsItsLockAndAStopWaitsForIt() throws Exception {
    send(new ServiceBusMessage("slow 3500").setMessageId("s"));
    await(lines -> !lines.isEmpty());
    Thread.sleep(2500); // Past the first lock.
    host.close();
    assertThat(waiting(SubQueue.NONE)).isEmpty();
    assertThat(waiting(SubQueue.DEAD_LETTER_QUEUE)).isEmpty();
    host = start();
    Thread.sleep(2500);
    assertThat(seen()).isEmpty();
  }

  @Test
  void asManyCallsAtOnceAsHostJsonAllowsAndNoMessageIsLost() throws Exception {
    Instant begin = Instant.now();
    for (int i = 0; i < 8; i++) {
      send(new ServiceBusMessage("slow 1000").setMessageId("s" + i));
    }
    List<String> seen =
        await(lines -> lines.stream().filter(line -> line.startsWith("finished")).count() == 8);

    assertThat(Duration.between(begin, Instant.now())).isBetween(ofSeconds(2), ofSeconds(7));
    assertThat(seen).filteredOn(line -> line.startsWith("message")).hasSize(8);
    // Four begin before the first of them ends.
    assertThat(seen.subList(0, 4)).allMatch(line -> line.startsWith("message"));
    assertThat(seen.get(4)).startsWith("finished");
  }

  @Test
  void theQueueMayGoAwayAndComeBack() throws Exception {
    send(new ServiceBusMessage("before").setMessageId("b"));
    await(lines -> lines.size() == 1);
    int port = bus.port();
    bus.close();
    Thread.sleep(1500);
    bus = bus(port);
    send(new ServiceBusMessage("after").setMessageId("a"));
    assertThat(await(lines -> lines.size() == 2).getLast()).startsWith("message after|a|1|");
  }

  private static Duration ofSeconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void send(ServiceBusMessage message) {
    try (ServiceBusSenderClient sender = client().sender().queueName(QUEUE).buildClient()) {
      sender.sendMessage(message);
    }
  }

  private List<ServiceBusReceivedMessage> awaitDeadLetters() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      List<ServiceBusReceivedMessage> found = waiting(SubQueue.DEAD_LETTER_QUEUE);
      if (!found.isEmpty()) {
        return found;
      }
      Thread.sleep(100);
    }
    return List.of();
  }

  private List<ServiceBusReceivedMessage> waiting(SubQueue subQueue) {
    try (ServiceBusReceiverClient receiver =
        client().receiver().queueName(QUEUE).subQueue(subQueue).buildClient()) {
      return receiver.peekMessages(10).stream().toList();
    }
  }

  private ServiceBusClientBuilder client() {
    return new ServiceBusClientBuilder().connectionString(bus.connectionString());
  }

  private List<String> await(Predicate<List<String>> condition) throws Exception {
    List<String> seen = seen();
    for (int i = 0; i < 200 && !condition.test(seen); i++) {
      Thread.sleep(100);
      seen = seen();
    }
    assertThat(condition.test(seen)).as("seen in time: %s", seen).isTrue();
    return seen;
  }

  private List<String> seen() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(host.baseUrl() + "/api/v1/seen")).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body().lines().toList();
  }
}
