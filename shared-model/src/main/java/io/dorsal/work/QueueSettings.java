package io.dorsal.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Service Bus queue as declared in {@code queues.json}, the single place that the Bicep
 * deployment, the local stand-in and the code read.
 *
 * @param name the queue's name
 * @param lockDuration how long a receiver owns a message without renewing; Azure allows at most
 *     five minutes
 * @param maxDeliveryCount after this many failed deliveries the message is dead-lettered
 * @param duplicateWindow how long a message id is remembered; a second message with the id is
 *     dropped
 */
public record QueueSettings(
    String name, Duration lockDuration, int maxDeliveryCount, Duration duplicateWindow) {

  /** Every queue of Dorsal, in the order of the file. */
  public static List<QueueSettings> declared() {
    try (InputStream json =
        Objects.requireNonNull(QueueSettings.class.getResourceAsStream("queues.json"))) {
      return List.of(JsonMapper.shared().readValue(json, QueueSettings[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
