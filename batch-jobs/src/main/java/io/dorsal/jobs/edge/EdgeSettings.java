package io.dorsal.jobs.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams are served.
 *
 * @param address where to listen
 * @param port where to listen; 0 picks a free one
 * @param heartbeat after so long without a message a comment is sent, which shows whether the
 *     client is still there
 * @param longest after so long a stream ends and its client comes back with a token that is judged
 *     anew
 * @param streams most at once
 */
@ConfigurationProperties("dorsal.edge")
public record EdgeSettings(
    @DefaultValue("0.0.0.0") String address,
    @DefaultValue("8080") int port,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("1h") Duration longest,
    @DefaultValue("500") int streams) {

  public EdgeSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("DORSAL_EDGE_PORT must be 0 to 65535.");
    }
    if (!heartbeat.isPositive()) {
      throw new IllegalArgumentException("DORSAL_EDGE_HEARTBEAT must be positive.");
    }
    if (!longest.isPositive()) {
      throw new IllegalArgumentException("DORSAL_EDGE_LONGEST must be positive.");
    }
    if (streams < 1) {
      throw new IllegalArgumentException("DORSAL_EDGE_STREAMS must be positive.");
    }
  }
}
