package io.dorsal.local.servicebus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dorsal.work.QueueSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.azure.ServiceBusEmulatorContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.mssqlserver.MSSQLServerContainer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract on Microsoft's official emulator, to see that it asks nothing of the stand-in that
 * the real thing does not do. Runs only where a Docker engine answers; where none does, as on the
 * machine this was written on, it is skipped and has never run.
 */
class EmulatorContractTests extends ServiceBusContract {

  // Azure and its emulator take no lock shorter than five seconds.
  private static final Duration SHORT_LOCK = Duration.ofSeconds(5);

  private static final Network NETWORK = Network.newNetwork();
  private static final MSSQLServerContainer DATABASE =
      new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04")
          .acceptLicense()
          .withNetwork(NETWORK);
  private static final ServiceBusEmulatorContainer EMULATOR =
      new ServiceBusEmulatorContainer("mcr.microsoft.com/azure-messaging/servicebus-emulator:1.1.2")
          .acceptLicense()
          .withConfig(Transferable.of(config(queues(SHORT_LOCK))))
          .withNetwork(NETWORK)
          .withMsSqlServerContainer(DATABASE);

  @BeforeAll
  static void start() {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    EMULATOR.start();
  }

  @AfterAll
  static void stop() {
    EMULATOR.stop();
    DATABASE.stop();
    NETWORK.close();
  }

  @Override
  String connectionString() {
    return EMULATOR.getConnectionString();
  }

  @Override
  Duration shortLock() {
    return SHORT_LOCK;
  }

  private static String config(List<QueueSettings> queues) {
    var namespace =
        Map.of(
            "Name",
            "sbemulatorns",
            "Queues",
            queues.stream().map(EmulatorContractTests::queue).toList());
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "UserConfig",
                Map.of("Namespaces", List.of(namespace), "Logging", Map.of("Type", "Console"))));
  }

  private static Map<String, Object> queue(QueueSettings queue) {
    return Map.of(
        "Name",
        queue.name(),
        "Properties",
        Map.of(
            "DeadLetteringOnMessageExpiration",
            false,
            "DefaultMessageTimeToLive",
            "PT1H",
            "DuplicateDetectionHistoryTimeWindow",
            queue.duplicateWindow().toString(),
            "ForwardDeadLetteredMessagesTo",
            "",
            "ForwardTo",
            "",
            "LockDuration",
            queue.lockDuration().toString(),
            "MaxDeliveryCount",
            queue.maxDeliveryCount(),
            "RequiresDuplicateDetection",
            true,
            "RequiresSession",
            false));
  }
}
