package io.dorsal.apikeys;

import io.dorsal.access.Caller;
import io.dorsal.access.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept; the key itself is not. Immutable.
 *
 * @param prefix the eight characters that it begins with
 * @param ownerId whose rights it has; null for a service key, which is the tenant's
 * @param scopes names of scopes, or the one name for all of them
 * @param allowedCidrs where it may be used from; empty for everywhere
 * @param replacedBy the key that a rotation put in its place
 */
public record ApiKey(
    UUID tenantId,
    UUID id,
    String prefix,
    KeyKind kind,
    @Nullable UUID ownerId,
    String name,
    List<String> scopes,
    List<String> allowedCidrs,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable UUID replacedBy,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedIp,
    int version) {

  public KeyState state(Instant now) {
    if (revokedAt != null) {
      return KeyState.REVOKED;
    }
    return expiresAt.isAfter(now) ? KeyState.ACTIVE : KeyState.EXPIRED;
  }

  /** A new key. */
  static ApiKey of(
      Caller caller,
      KeyText text,
      KeyKind kind,
      @Nullable UUID owner,
      String name,
      List<String> scopes,
      List<String> ranges,
      Instant now,
      Instant end) {
    return new ApiKey(
        caller.tenantId(),
        Uuid7.next(),
        text.prefix(),
        kind,
        owner,
        name,
        scopes,
        ranges,
        caller.actor(),
        now,
        end,
        null,
        null,
        null,
        null,
        0);
  }

  /** A new key for the same, for as long as this one was to open from its beginning. */
  ApiKey next(Caller caller, KeyText text, Instant now) {
    Instant end = now.plus(Duration.between(createdAt, expiresAt));
    return of(caller, text, kind, ownerId, name, scopes, allowedCidrs, now, end);
  }

  /** Whether it is this user's own. */
  boolean isOf(Caller caller) {
    return ownerId != null && ownerId.equals(caller.userId());
  }

  /** What the audit log shows of it. */
  Map<String, Object> audited(Instant now) {
    return Map.of(
        "state", state(now).name(),
        "name", name,
        "kind", kind.name(),
        "prefix", prefix,
        "scopes", scopes,
        "allowed_cidrs", allowedCidrs,
        "expires_at", expiresAt.toString());
  }

  ApiKey changed(String newName, List<String> newScopes, List<String> newRanges) {
    return with(newName, newScopes, newRanges, expiresAt, replacedBy, revokedAt);
  }

  /** Ends now. */
  ApiKey revoked(Instant now) {
    return with(name, scopes, allowedCidrs, expiresAt, replacedBy, now);
  }

  /** Another is in its place; it ends then, or earlier where it would have. */
  ApiKey replaced(UUID by, Instant then) {
    Instant end = then.isBefore(expiresAt) ? then : expiresAt;
    return with(name, scopes, allowedCidrs, end, by, revokedAt);
  }

  private ApiKey with(
      String newName,
      List<String> newScopes,
      List<String> newRanges,
      Instant end,
      @Nullable UUID by,
      @Nullable Instant revoked) {
    return new ApiKey(
        tenantId,
        id,
        prefix,
        kind,
        ownerId,
        newName,
        newScopes,
        newRanges,
        createdBy,
        createdAt,
        end,
        by,
        revoked,
        lastUsedAt,
        lastUsedIp,
        version);
  }
}
