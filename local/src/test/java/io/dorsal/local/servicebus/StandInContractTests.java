package io.dorsal.local.servicebus;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the stand-in. */
class StandInContractTests extends ServiceBusContract {

  private static final Duration SHORT_LOCK = Duration.ofSeconds(2);

  private static ServiceBusServer server;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = ServiceBusServer.start(0, directory.resolve("bus.db"), queues(SHORT_LOCK));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String connectionString() {
    return server.connectionString();
  }

  @Override
  Duration shortLock() {
    return SHORT_LOCK;
  }
}
