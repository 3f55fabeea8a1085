package io.dorsal.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How work travels.
 *
 * @param servicebus where the queues are
 * @param workerId the name this process signs its leases with; made up when absent
 * @param heartbeat how often a holder shows that it lives
 * @param staleAfter without a heartbeat for so long a holder counts as lost; longer than the
 *     heartbeat
 */
@ConfigurationProperties("dorsal")
public record WorkSettings(
    @DefaultValue Servicebus servicebus,
    @Nullable String workerId,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("90s") Duration staleAfter) {

  public WorkSettings {
    if (!heartbeat.isPositive()) {
      throw new IllegalArgumentException("DORSAL_HEARTBEAT must be positive.");
    }
    if (staleAfter.compareTo(heartbeat) <= 0) {
      throw new IllegalArgumentException("DORSAL_STALE_AFTER must exceed DORSAL_HEARTBEAT.");
    }
  }

  /**
   * @param connection a Service Bus connection string; secret
   */
  public record Servicebus(@Nullable String connection) {

    public String requiredConnection() {
      if (connection == null || connection.isBlank()) {
        throw new IllegalStateException("DORSAL_SERVICEBUS_CONNECTION is not set.");
      }
      return connection;
    }

    @Override
    public String toString() {
      return "Servicebus[***]";
    }
  }
}
