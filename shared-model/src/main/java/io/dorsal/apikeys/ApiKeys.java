package io.dorsal.apikeys;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Notices;
import io.dorsal.operations.StateChange;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys of a tenant. Everybody has their own; an administrator sees all of them, and alone makes
 * keys for the tenant's services. Thread-safe.
 */
@Component
public class ApiKeys {

  private static final int USUAL_OVERLAP = 24;
  private static final int LONGEST_OVERLAP = 72;

  private final ApiKeyRows rows;
  private final Journal journal;
  private final Notices notices;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ApiKeys(
      ApiKeyRows rows,
      Journal journal,
      Notices notices,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.rows = rows;
    this.journal = journal;
    this.notices = notices;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A key that was just made.
   *
   * @param text the key itself, known now and never again
   */
  public record Made(ApiKey key, String text) {
    @Override
    public String toString() {
      return "Made[" + key.id() + "]";
    }
  }

  /**
   * Makes a key. Its owner is the caller, or the tenant for a service key.
   *
   * @throws ProblemException VALIDATION_FAILED, PERMISSION_DENIED, SCOPE_MISSING, STATE_CONFLICT
   *     where there are 20 of the user or 100 of the tenant
   */
  public Made create(Caller caller, NewKey wanted) {
    Instant now = clock.instant();
    KeyRules.check(
        wanted.name(),
        wanted.kind(),
        wanted.scopes(),
        wanted.allowedCidrs(),
        wanted.expiresAt(),
        now);
    KeyKind kind = Objects.requireNonNull(wanted.kind());
    List<String> scopes = KeyRules.distinct(wanted.scopes());
    if (kind == KeyKind.SERVICE) {
      caller.require(TenantRole.TENANT_ADMIN, "Making a service key");
    }
    KeyRules.requireHeld(caller, scopes);
    UUID owner = kind == KeyKind.SERVICE ? null : user(caller);
    Instant end = wanted.expiresAt() == null ? now.plus(KeyRules.USUAL_LIFE) : wanted.expiresAt();
    return inTransaction(
        () -> {
          rows.lockOwner(caller.tenantId(), owner);
          requirePlace(caller.tenantId(), owner, now);
          Made made =
              made(
                  caller,
                  kind,
                  owner,
                  Objects.requireNonNull(wanted.name()).strip(),
                  scopes,
                  KeyRules.distinct(wanted.allowedCidrs()),
                  now,
                  end);
          record(caller, made.key(), "api_key.created", null, KeyState.ACTIVE);
          return made;
        });
  }

  /** The caller's keys, or all of the tenant's for an administrator; the newest first. */
  public List<ApiKey> list(Caller caller) {
    if (caller.role().includes(TenantRole.TENANT_ADMIN)) {
      return rows.list(caller.tenantId(), null);
    }
    return caller.userId() == null ? List.of() : rows.list(caller.tenantId(), caller.userId());
  }

  /**
   * @throws ProblemException NOT_FOUND, also for somebody else's key
   */
  public ApiKey get(Caller caller, UUID id) {
    return rows.find(caller.tenantId(), id)
        .filter(key -> sees(caller, key))
        .orElseThrow(
            () -> new ProblemException(GeneralProblem.NOT_FOUND, "There is no key with this id."));
  }

  /**
   * Changes name, scopes or addresses; acts on the next call with the key.
   *
   * @throws ProblemException NOT_FOUND, STALE_VERSION, VALIDATION_FAILED, SCOPE_MISSING,
   *     STATE_CONFLICT for a key that opens nothing any more
   */
  public ApiKey change(Caller caller, UUID id, int seen, KeyChange change) {
    ApiKey key = active(caller, id);
    requireVersion(key, seen);
    String name = change.name() == null ? key.name() : change.name();
    List<String> scopes = change.scopes() == null ? key.scopes() : change.scopes();
    List<String> ranges =
        change.allowedCidrs() == null ? key.allowedCidrs() : change.allowedCidrs();
    // A key made by sync may be renamed like others.
    KeyKind kind = key.kind() == KeyKind.SYNC ? KeyKind.USER : key.kind();
    KeyRules.check(name, kind, scopes, ranges, null, clock.instant());
    if (change.scopes() != null) {
      KeyRules.requireHeld(caller, scopes);
    }
    ApiKey changed =
        with(
            key,
            name.strip(),
            KeyRules.distinct(scopes),
            KeyRules.distinct(ranges),
            key.expiresAt());
    return inTransaction(
        () -> {
          save(changed);
          record(caller, key, "api_key.changed", KeyState.ACTIVE, KeyState.ACTIVE);
          return get(caller, id);
        });
  }

  /**
   * Ends a key at once; a second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND, also for somebody else's key
   */
  public void revoke(Caller caller, UUID id) {
    ApiKey key = get(caller, id);
    if (key.revokedAt() != null) {
      return;
    }
    inTransaction(
        () -> {
          Instant now = clock.instant();
          save(revoked(key, now));
          notices.clear(key.tenantId(), ApiKeyWatch.NOTICE, key.id());
          record(caller, key, "api_key.revoked", key.state(now), KeyState.REVOKED);
          return key;
        });
  }

  /**
   * Puts a new key with the same name, scopes, addresses and length of life in the place of one,
   * which opens for the hours of the overlap yet.
   *
   * @param overlapHours 0 to 72; null for 24
   * @throws ProblemException NOT_FOUND, VALIDATION_FAILED, SCOPE_MISSING, STATE_CONFLICT for a key
   *     that opens nothing any more or was replaced before
   */
  public Made rotate(Caller caller, UUID id, @Nullable Integer overlapHours) {
    int overlap = overlapHours == null ? USUAL_OVERLAP : overlapHours;
    new Validation()
        .check(
            overlap >= 0 && overlap <= LONGEST_OVERLAP,
            "overlap_hours",
            "OUT_OF_RANGE",
            "overlap_hours must be 0 to 72.")
        .orThrow();
    ApiKey key = active(caller, id);
    if (key.replacedBy() != null) {
      throw conflict(key, "The key was replaced already; rotate the one in its place.");
    }
    KeyRules.requireHeld(caller, key.scopes());
    return inTransaction(
        () -> {
          Instant now = clock.instant();
          Instant end = now.plus(Duration.between(key.createdAt(), key.expiresAt()));
          Made made =
              made(
                  caller,
                  key.kind(),
                  key.ownerId(),
                  key.name(),
                  key.scopes(),
                  key.allowedCidrs(),
                  now,
                  end);
          Instant last = now.plus(Duration.ofHours(overlap));
          save(
              replaced(
                  key, made.key().id(), last.isBefore(key.expiresAt()) ? last : key.expiresAt()));
          notices.clear(key.tenantId(), ApiKeyWatch.NOTICE, key.id());
          record(caller, made.key(), "api_key.rotated", null, KeyState.ACTIVE);
          return made;
        });
  }

  private Made made(
      Caller caller,
      KeyKind kind,
      @Nullable UUID owner,
      String name,
      List<String> scopes,
      List<String> ranges,
      Instant now,
      Instant end) {
    KeyText text = KeyText.generate();
    var key =
        new ApiKey(
            caller.tenantId(),
            UUID.randomUUID(),
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
    rows.add(key, text.hash());
    return new Made(key, text.text());
  }

  private ApiKey active(Caller caller, UUID id) {
    ApiKey key = get(caller, id);
    if (key.state(clock.instant()) != KeyState.ACTIVE) {
      throw conflict(key, "The key opens nothing any more.");
    }
    return key;
  }

  private void requirePlace(UUID tenantId, @Nullable UUID owner, Instant now) {
    int most = owner == null ? KeyRules.MOST_OF_A_TENANT : KeyRules.MOST_OF_A_USER;
    if (rows.counting(tenantId, owner, now) >= most) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "There are " + most + " keys already; revoke one first.",
          Map.of("state", "LIMIT_REACHED", "limit", most));
    }
  }

  private static boolean sees(Caller caller, ApiKey key) {
    return caller.role().includes(TenantRole.TENANT_ADMIN)
        || (key.ownerId() != null && key.ownerId().equals(caller.userId()));
  }

  private static UUID user(Caller caller) {
    UUID id = caller.userId();
    if (id == null) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT, "Only a user has keys of their own; make a service key.");
    }
    return id;
  }

  private void save(ApiKey key) {
    if (!rows.save(key)) {
      throw stale(key);
    }
  }

  private static void requireVersion(ApiKey key, int seen) {
    if (key.version() != seen) {
      throw stale(key);
    }
  }

  private static ProblemException stale(ApiKey key) {
    return new ProblemException(
        GeneralProblem.STALE_VERSION,
        "The key changed since you loaded it.",
        Map.of("current_version", key.version()));
  }

  private ProblemException conflict(ApiKey key, String detail) {
    return new ProblemException(
        GeneralProblem.STATE_CONFLICT,
        detail,
        Map.of("state", key.state(clock.instant()).name(), "allowed", List.of("ACTIVE")));
  }

  private void record(
      Caller caller, ApiKey key, String event, @Nullable KeyState from, KeyState to) {
    journal.stateChanged(
        new StateChange(
            event,
            key.tenantId(),
            "api_key",
            key.id(),
            from == null ? null : from.name(),
            to.name(),
            caller.actor(),
            Map.of("name", key.name(), "kind", key.kind().name(), "prefix", key.prefix())));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private static ApiKey with(
      ApiKey key, String name, List<String> scopes, List<String> ranges, Instant end) {
    return new ApiKey(
        key.tenantId(),
        key.id(),
        key.prefix(),
        key.kind(),
        key.ownerId(),
        name,
        scopes,
        ranges,
        key.createdBy(),
        key.createdAt(),
        end,
        key.replacedBy(),
        key.revokedAt(),
        key.lastUsedAt(),
        key.lastUsedIp(),
        key.version());
  }

  private static ApiKey revoked(ApiKey key, Instant now) {
    return ended(key, key.expiresAt(), key.replacedBy(), now);
  }

  private static ApiKey replaced(ApiKey key, UUID by, Instant end) {
    return ended(key, end, by, null);
  }

  private static ApiKey ended(
      ApiKey key, Instant end, @Nullable UUID replacedBy, @Nullable Instant revokedAt) {
    return new ApiKey(
        key.tenantId(),
        key.id(),
        key.prefix(),
        key.kind(),
        key.ownerId(),
        key.name(),
        key.scopes(),
        key.allowedCidrs(),
        key.createdBy(),
        key.createdAt(),
        end,
        replacedBy,
        revokedAt,
        key.lastUsedAt(),
        key.lastUsedIp(),
        key.version());
  }
}
