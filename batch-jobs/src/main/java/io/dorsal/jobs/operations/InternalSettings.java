package io.dorsal.jobs.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a worker or an edge answers operators and the platform's probes. No login is asked for, so
 * it must not be reachable from outside.
 *
 * @param port 0 picks a free one
 */
@ConfigurationProperties("dorsal.internal")
public record InternalSettings(
    @DefaultValue("0.0.0.0") String address, @DefaultValue("8081") int port) {

  public InternalSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("DORSAL_INTERNAL_PORT must be 0 to 65535.");
    }
  }
}
