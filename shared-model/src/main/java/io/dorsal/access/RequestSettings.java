package io.dorsal.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one call may ask for.
 *
 * @param requestTimeout how long it may work before it is undone, 1 to 200 s; Azure's front end
 *     gives up after 230 s
 */
@ConfigurationProperties("dorsal")
public record RequestSettings(@DefaultValue("30s") Duration requestTimeout) {

  public RequestSettings {
    if (requestTimeout.toSeconds() < 1 || requestTimeout.toSeconds() > 200) {
      throw new IllegalArgumentException("DORSAL_REQUEST_TIMEOUT must be 1s to 200s.");
    }
  }
}
