package io.dorsal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.local.servicebus.ServiceBusServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 40-26: an instance is ready once its Service Bus is, however slowly it was found. */
@SuppressWarnings("NullAway.Init")
class QueueLooksTests {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static ServiceBusServer bus;

  @BeforeAll
  static void start() throws Exception {
    bus = ServiceBusServer.start(0, directory.resolve("bus.db"), QueueSettings.declared());
  }

  @AfterAll
  static void end() throws Exception {
    bus.close();
  }

  /** The SDK waits for ever for an authorization that failed once; readiness must not. */
  @ParameterizedTest
  @ValueSource(ints = {700, 800, 1_000})
  void looksAreAnsweredAgainAfterConnectingTookTooLong(int millis) throws Exception {
    try (var far = new FarServer(bus.port(), millis)) {
      QueueLooks looks = looks(connection(far.port()));
      // As readiness does.
      Thread impatient = Thread.ofPlatform().daemon().start(() -> look(looks));
      Thread.sleep(Duration.ofSeconds(2));
      impatient.interrupt();
      impatient.join();
      assertThat(look(looks)).as("connecting takes too long").isFalse();

      far.comesNear();
      long end = System.nanoTime() + LONG.toNanos();
      while (!look(looks)) {
        assertThat(System.nanoTime()).as("answered in time").isLessThan(end);
      }
      looks.destroy();
    }
  }

  private static boolean look(QueueLooks looks) {
    try {
      return looks.waiting(Queues.SCAN_REQUESTS, 1).isEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void absentServiceBusIsGivenUpOn() {
    QueueLooks looks = looks(connection(1));

    assertThatThrownBy(() -> looks.waiting(Queues.SCAN_REQUESTS, 1))
        .isInstanceOf(RuntimeException.class);
    looks.destroy();
  }

  private static String connection(int port) {
    return bus.connectionString().replace(":" + bus.port(), ":" + port);
  }

  private static QueueLooks looks(String connection) {
    return new QueueLooks(
        new WorkSettings(
            new WorkSettings.Servicebus(connection),
            null,
            Duration.ofSeconds(15),
            Duration.ofSeconds(90)));
  }

  /** The same server, some way off: opening a connection takes a moment at each of its steps. */
  private static final class FarServer implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;

    private volatile long millis;

    FarServer(int port, long millis) throws IOException {
      this.port = port;
      this.millis = millis;
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return door.getLocalPort();
    }

    void comesNear() {
      millis = 0;
    }

    private void serve() {
      try {
        while (true) {
          Socket client = door.accept();
          var server = new Socket(InetAddress.getLoopbackAddress(), port);
          Thread.ofVirtual().start(() -> carry(client, server));
          Thread.ofVirtual().start(() -> carry(server, client));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void carry(Socket from, Socket to) {
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        byte[] bytes = new byte[64 << 10];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          Thread.sleep(millis);
          out.write(bytes, 0, read);
        }
      } catch (IOException | InterruptedException e) {
        // One side has gone.
      }
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
