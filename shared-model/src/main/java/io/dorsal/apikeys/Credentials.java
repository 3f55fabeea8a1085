package io.dorsal.apikeys;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.AddressRange;
import io.dorsal.access.CallLimits;
import io.dorsal.access.Caller;
import io.dorsal.access.Callers;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.ProblemException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Whom a call's credential proves: a token, or a key in its place. A key has the rights that its
 * owner has now, narrowed to its scopes. Thread-safe.
 */
@Component
public class Credentials {

  private static final String BEARER = "Bearer ";
  private static final byte[] NO_HASH = new byte[32];

  private final Callers callers;
  private final ApiKeyRows rows;
  private final ObjectProvider<Standings> standings;
  private final CallLimits limits;
  private final Clock clock;

  Credentials(
      Callers callers,
      ApiKeyRows rows,
      ObjectProvider<Standings> standings,
      CallLimits limits,
      Clock clock) {
    this.callers = callers;
    this.rows = rows;
    this.standings = standings;
    this.limits = limits;
    this.clock = clock;
  }

  /** The caller, and the text that proved it, which is a secret. */
  public record Proven(Caller caller, String credential) {
    @Override
    public String toString() {
      return "Proven[" + caller.actor() + "]";
    }
  }

  /**
   * @param authorization the header's value; null where there is none
   * @param apiKey {@code X-API-Key}, which goes first; null where there is none
   * @param address where the call comes from; null where that is not known
   * @throws ProblemException API_KEY_INVALID, AUTHZ_IP_DENIED, RATE_LIMITED, and all of {@link
   *     Callers#of}
   */
  public Proven proven(
      @Nullable String authorization, @Nullable String apiKey, @Nullable ClientAddress address) {
    String bearer = authorization == null ? "" : bearer(authorization);
    if (apiKey != null) {
      return new Proven(ofKey(apiKey.strip(), address), apiKey.strip());
    }
    if (bearer.startsWith(KeyText.BEGIN)) {
      return new Proven(ofKey(bearer, address), bearer);
    }
    return new Proven(callers.of(authorization), bearer);
  }

  /** The same work whether there is such a key or not, so that the time tells nothing. */
  private Caller ofKey(String text, @Nullable ClientAddress address) {
    KeyText given = KeyText.parse(text).orElseGet(() -> new KeyText("--------", text));
    Optional<ApiKeyRows.Found> found = rows.withPrefix(given.prefix());
    byte[] known = found.map(ApiKeyRows.Found::hash).orElse(NO_HASH);
    boolean right = MessageDigest.isEqual(known, given.hash());
    Instant now = clock.instant();
    ApiKey key =
        found
            .map(ApiKeyRows.Found::key)
            .filter(each -> right && each.state(now) == KeyState.ACTIVE)
            .orElse(null);
    if (key == null) {
      limits.failedKey(address);
      throw new ProblemException(
          AccessProblem.API_KEY_INVALID, "The key is unknown, expired or revoked.");
    }
    requireAllowed(key, address);
    Caller caller = rightsNow(key);
    Tenancy.run(key.tenantId(), () -> rows.used(key, address == null ? null : address.text(), now));
    return caller;
  }

  private static void requireAllowed(ApiKey key, @Nullable ClientAddress address) {
    boolean allowed =
        key.allowedCidrs().isEmpty()
            || (address != null
                && key.allowedCidrs().stream()
                    .flatMap(each -> AddressRange.of(each).stream())
                    .anyMatch(range -> range.contains(address)));
    if (!allowed) {
      throw new ProblemException(
          AccessProblem.AUTHZ_IP_DENIED, "The key may not be used from this address.");
    }
  }

  private Caller rightsNow(ApiKey key) {
    Set<Scope> scopes = KeyRules.scopes(key.scopes());
    UUID owner = key.ownerId();
    if (owner != null) {
      return standings.getObject().of(key.tenantId(), owner, scopes);
    }
    standings.ifAvailable(known -> known.requireActive(key.tenantId()));
    return service(key, scopes);
  }

  /** The tenant's own: an administrator's rights, as far as the scopes go. */
  private static Caller service(ApiKey key, Set<Scope> scopes) {
    Caller whole = Caller.of(key.tenantId(), key.id().toString(), TenantRole.TENANT_ADMIN);
    return whole.narrowedTo(scopes);
  }

  private static String bearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }
}
