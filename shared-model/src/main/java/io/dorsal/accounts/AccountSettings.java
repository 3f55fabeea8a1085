package io.dorsal.accounts;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long rights are remembered, and whose tokens need no scopes.
 *
 * @param accessCache for so long a process goes by what it read of a user, 0 to 5 seconds
 * @param firstPartyClients clients whose tokens without scopes may do all that their user may
 */
@ConfigurationProperties("dorsal")
public record AccountSettings(
    @DefaultValue("3s") Duration accessCache,
    @DefaultValue({"dorsal-console", "dorsal-cli"}) Set<String> firstPartyClients) {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  public AccountSettings {
    if (accessCache.isNegative() || accessCache.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("DORSAL_ACCESS_CACHE must be 0s to 5s.");
    }
    firstPartyClients = Set.copyOf(firstPartyClients);
  }
}
