package io.dorsal.access;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The providers whose tokens count: the one of all tenants and those of single tenants, each with a
 * key set of its own. Thread-safe.
 */
final class Issuers {

  private final AccessSettings settings;
  private final Clock clock;
  private final AccessCounts counts;
  private final FurtherIssuer.Directory further;
  private final KeySet everybodysKeys;
  private final Map<FurtherIssuer, TrustedIssuer> opened = new ConcurrentHashMap<>();

  Issuers(
      AccessSettings settings, Clock clock, AccessCounts counts, FurtherIssuer.Directory further) {
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
    this.further = further;
    this.everybodysKeys = keys(String.valueOf(settings.oidcUrl()), IdentityProvider.of(settings));
  }

  /**
   * The provider behind a token's {@code iss}; of several that tenants know by one name the one of
   * the token's tenant. A provider that does not speak for the tenant is still found, so that its
   * keys are asked before the token is refused.
   */
  Optional<TrustedIssuer> trusted(String issuer, String tenant) {
    if (AccessSettings.sameIssuer(issuer, settings.issuer())) {
      return Optional.of(everybodys());
    }
    List<FurtherIssuer> named =
        further.all().stream()
            .filter(each -> AccessSettings.sameIssuer(issuer, each.issuer()))
            .toList();
    return named.stream()
        .filter(each -> each.tenantId().toString().equalsIgnoreCase(tenant))
        .findFirst()
        .or(() -> named.stream().findFirst())
        .map(each -> opened.computeIfAbsent(each, this::open));
  }

  /** The provider of all tenants. */
  TrustedIssuer everybodys() {
    return new TrustedIssuer(settings.issuer(), settings.jwtAudience(), everybodysKeys, null);
  }

  /** Everybody's key set, and those of single tenants that were needed so far. */
  List<KeySet> keySets() {
    opened.keySet().retainAll(further.all());
    List<KeySet> sets = new ArrayList<>(List.of(everybodysKeys));
    opened.values().forEach(issuer -> sets.add(issuer.keys()));
    return sets;
  }

  private TrustedIssuer open(FurtherIssuer issuer) {
    return new TrustedIssuer(
        issuer.issuer(),
        issuer.audience(),
        keys(
            issuer.issuer(),
            IdentityProvider.ofTenant(settings, URI.create(issuer.jwksUrl()), further::reaches)),
        issuer.tenantId());
  }

  private KeySet keys(String name, KeySet.Provider provider) {
    return new KeySet(name, provider, settings, clock, counts);
  }
}
