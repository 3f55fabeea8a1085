package io.dorsal.local.servicebus;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import io.dorsal.work.QueueSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Link credit, through a bare AMQP client that grants it one by one, as the Azure SDK does not. */
class CreditTests {

  private static final QueueSettings QUEUE =
      new QueueSettings("credit", Duration.ofMinutes(1), 10, Duration.ofMinutes(1));

  @TempDir private Path directory = Path.of("");

  @Test
  void sendsAsManyAsThereIsCreditForAndDrainsTheRest() throws Exception {
    // One event loop, so that a task of ours may touch the connection.
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try (var server = ServiceBusServer.start(0, directory.resolve("bus.db"), List.of(QUEUE))) {
      send(server, 5);
      var received = new AtomicInteger();
      ProtonReceiver receiver = receiver(vertx, server, received);

      assertThat(drain(vertx, receiver, 3)).isTrue();
      assertThat(received).hasValue(3);
      assertThat(drain(vertx, receiver, 10)).isTrue();
      assertThat(received).hasValue(5);
      assertThat(drain(vertx, receiver, 10)).isTrue();
      assertThat(received).hasValue(5);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void send(ServiceBusServer server, int count) {
    try (var sender =
        new ServiceBusClientBuilder()
            .connectionString(server.connectionString())
            .sender()
            .queueName(QUEUE.name())
            .buildClient()) {
      sender.sendMessages(
          IntStream.range(0, count).mapToObj(i -> new ServiceBusMessage("" + i)).toList());
    }
  }

  private static ProtonReceiver receiver(
      Vertx vertx, ServiceBusServer server, AtomicInteger received) throws Exception {
    var opened = new CompletableFuture<ProtonReceiver>();
    ProtonClient.create(vertx)
        .connect(
            "127.0.0.1",
            server.port(),
            connected -> {
              ProtonConnection connection = connected.result().open();
              ProtonReceiver receiver = connection.createReceiver(QUEUE.name());
              receiver.setPrefetch(0).setAutoAccept(false);
              receiver.handler((delivery, message) -> received.incrementAndGet());
              receiver.openHandler(open -> opened.complete(open.result()));
              receiver.open();
            });
    return opened.get(10, TimeUnit.SECONDS);
  }

  /** Grants credit and asks for the unused rest back; returns whether the server answered. */
  private static boolean drain(Vertx vertx, ProtonReceiver receiver, int credit) throws Exception {
    var drained = new CompletableFuture<Boolean>();
    vertx.runOnContext(
        now -> {
          receiver.flow(credit);
          receiver.drain(5_000, result -> drained.complete(result.succeeded()));
        });
    return drained.get(10, TimeUnit.SECONDS);
  }
}
