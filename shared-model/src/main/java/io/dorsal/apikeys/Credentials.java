package io.dorsal.apikeys;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.AddressRange;
import io.dorsal.access.CallLimits;
import io.dorsal.access.Caller;
import io.dorsal.access.Callers;
import io.dorsal.access.ClientAddress;
import io.dorsal.access.Identity;
import io.dorsal.access.KeptOutException;
import io.dorsal.access.Scope;
import io.dorsal.access.Standings;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Denials;
import io.dorsal.operations.HttpCall;
import io.dorsal.problem.ProblemException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whom a call's credential proves: a token, or a key in its place. A key has the rights that its
 * owner has now, narrowed to its scopes. Thread-safe.
 */
@Component
public class Credentials {

  private static final Logger log = LoggerFactory.getLogger(Credentials.class);
  private static final String BEARER = "Bearer ";
  private static final byte[] NO_HASH = new byte[32];

  private final Callers callers;
  private final ApiKeyRows rows;
  private final Standings standings;
  private final CallLimits limits;
  private final Denials denials;
  private final Clock clock;

  Credentials(
      Callers callers,
      ApiKeyRows rows,
      Standings standings,
      CallLimits limits,
      Denials denials,
      Clock clock) {
    this.callers = callers;
    this.rows = rows;
    this.standings = standings;
    this.limits = limits;
    this.denials = denials;
    this.clock = clock;
  }

  /**
   * @param credential the text that proved the caller; a secret
   * @param keyId the key that it is; null for a token
   */
  public record Proven(Caller caller, String credential, @Nullable UUID keyId) {
    @Override
    public String toString() {
      return "Proven[" + caller.actor() + "]";
    }
  }

  /**
   * Whom it proves is in the log context and the origin of this thread's call from then on, also
   * where that one is kept out.
   *
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
      return ofKey(apiKey.strip(), address);
    }
    return bearer.startsWith(KeyText.BEGIN)
        ? ofKey(bearer, address)
        : ofToken(authorization, bearer);
  }

  private Proven ofToken(@Nullable String authorization, String bearer) {
    try {
      Caller caller = callers.of(authorization);
      HttpCall.identified(caller, null);
      return new Proven(caller, bearer, null);
    } catch (KeptOutException e) {
      keptOut(e);
      throw e;
    }
  }

  private void keptOut(KeptOutException refusal) {
    Identity who = refusal.identity();
    try {
      standings
          .actor(who)
          .ifPresent(
              actor -> {
                HttpCall.identified(who.tenantId(), actor, null, null, who.serviceAccount());
                denials.keptOut(
                    Act.of(who.tenantId(), actor, AuditCategory.AUTHENTICATION, "sign_in.denied"),
                    refusal);
              });
    } catch (DataAccessException | TransactionException e) {
      log.warn("Whose token was refused is not known, for the database is away", e);
    }
  }

  /** The same work whether there is such a key or not, so that the time tells nothing. */
  private Proven ofKey(String text, @Nullable ClientAddress address) {
    KeyText given = KeyText.parse(text).orElseGet(() -> new KeyText("--------", text));
    Optional<ApiKeyRows.Found> found = rows.withPrefix(given.prefix());
    byte[] known = found.map(ApiKeyRows.Found::hash).orElse(NO_HASH);
    boolean right = MessageDigest.isEqual(known, given.hash());
    Instant now = clock.instant();
    ApiKey key = right ? found.map(ApiKeyRows.Found::key).orElse(null) : null;
    if (key == null || key.state(now) != KeyState.ACTIVE) {
      throw invalid(key, now, address);
    }
    identified(key);
    return Tenancy.in(
        key.tenantId(),
        () -> {
          Caller caller = letIn(key, address);
          rows.used(key, address == null ? null : address.text(), now);
          return new Proven(caller, text, key.id());
        });
  }

  /** One answer for every key that opens nothing, in the same time. */
  private ProblemException invalid(
      @Nullable ApiKey ended, Instant now, @Nullable ClientAddress address) {
    limits.failedKey(address);
    if (ended != null) {
      identified(ended);
      denials.keptOutQuietly(
          attempt(ended),
          new ProblemException(
              AccessProblem.API_KEY_INVALID,
              "The key has ended.",
              Map.of("reason", ended.state(now).name())));
    }
    return new ProblemException(
        AccessProblem.API_KEY_INVALID, "The key is unknown, expired or revoked.");
  }

  private Caller letIn(ApiKey key, @Nullable ClientAddress address) {
    try {
      requireAllowed(key, address);
      return rightsNow(key);
    } catch (ProblemException e) {
      denials.keptOut(attempt(key), e);
      throw e;
    }
  }

  private static void identified(ApiKey key) {
    HttpCall.identified(key.tenantId(), actor(key), key.ownerId(), key.id(), null);
  }

  private static String actor(ApiKey key) {
    UUID owner = key.ownerId();
    return (owner == null ? key.id() : owner).toString();
  }

  private static Act attempt(ApiKey key) {
    return Act.of(key.tenantId(), actor(key), AuditCategory.AUTHENTICATION, "api_key.denied")
        .on("api_key", key.id(), key.name());
  }

  private void requireAllowed(ApiKey key, @Nullable ClientAddress address) {
    boolean allowed =
        key.allowedCidrs().isEmpty()
            || (address != null
                && key.allowedCidrs().stream()
                    .flatMap(each -> AddressRange.of(each).stream())
                    .anyMatch(range -> range.contains(address)));
    if (!allowed) {
      limits.failedKey(address);
      throw new ProblemException(
          AccessProblem.AUTHZ_IP_DENIED, "The key may not be used from this address.");
    }
  }

  private Caller rightsNow(ApiKey key) {
    Set<Scope> scopes = KeyRules.scopes(key.scopes());
    UUID owner = key.ownerId();
    if (owner != null) {
      return standings.of(key.tenantId(), owner, scopes);
    }
    standings.requireActive(key.tenantId());
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
