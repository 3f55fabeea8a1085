package io.dorsal.local.host;

import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this host heeds of {@code host.json}; the defaults are Azure's.
 *
 * @param routePrefix the path before every HTTP route, without slashes at its ends; may be empty
 * @param maxConcurrentCalls messages in work at once, per queue function
 * @param maxLockRenewal how long a message's lock is kept alive by renewing it
 */
record HostConfiguration(String routePrefix, int maxConcurrentCalls, Duration maxLockRenewal) {

  private static final int DEFAULT_CONCURRENT_CALLS = 16;

  static HostConfiguration read(Path hostJson) {
    JsonNode extensions = JsonMapper.shared().readTree(hostJson.toFile()).path("extensions");
    JsonNode bus = extensions.path("serviceBus");
    return new HostConfiguration(
        extensions.path("http").path("routePrefix").asString("api").replaceAll("^/+|/+$", ""),
        bus.path("maxConcurrentCalls").asInt(DEFAULT_CONCURRENT_CALLS),
        timeSpan(bus.path("maxAutoLockRenewalDuration").asString("00:05:00")));
  }

  /** A .NET time span {@code [d.]hh:mm:ss}. */
  private static Duration timeSpan(String text) {
    int dot = text.indexOf('.');
    long days = dot < 0 ? 0 : Long.parseLong(text.substring(0, dot));
    String[] parts = text.substring(dot + 1).split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("host.json: " + text + " is not hh:mm:ss");
    }
    return Duration.ofDays(days)
        .plusHours(Long.parseLong(parts[0]))
        .plusMinutes(Long.parseLong(parts[1]))
        .plusSeconds(Long.parseLong(parts[2]));
  }
}
