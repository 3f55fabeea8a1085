package io.dorsal.operations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a deployable shows itself to operators.
 *
 * @param metricsToken who sends it as a bearer token may read the metrics; secret; without one only
 *     the internal port tells them
 * @param notReady how long a stopping instance says NOT_READY before it closes; at most 25 s
 * @param clusterId a name of the deployment; the database's own id when absent
 */
@ConfigurationProperties("dorsal")
public record OperationsSettings(
    @Nullable String metricsToken,
    @DefaultValue("15s") Duration notReady,
    @Nullable String clusterId) {

  private static final int SHORTEST_TOKEN = 16;
  private static final Duration LONGEST = Duration.ofSeconds(25);

  public OperationsSettings {
    metricsToken = metricsToken == null || metricsToken.isBlank() ? null : metricsToken;
    if (metricsToken != null && metricsToken.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException("DORSAL_METRICS_TOKEN must have 16 characters or more.");
    }
    if (notReady.isNegative() || notReady.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("DORSAL_NOT_READY must be 0 to 25 seconds.");
    }
  }

  @Override
  public String toString() {
    return "OperationsSettings[notReady=" + notReady + ", clusterId=" + clusterId + "]";
  }
}
