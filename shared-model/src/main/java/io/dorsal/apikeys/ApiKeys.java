package io.dorsal.apikeys;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.Act;
import io.dorsal.operations.AuditCategory;
import io.dorsal.operations.Journal;
import io.dorsal.operations.Notices;
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
import java.util.function.Function;
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
    KeyRules.check(wanted, now);
    KeyKind kind = Objects.requireNonNull(wanted.kind());
    if (kind == KeyKind.SERVICE) {
      caller.require(TenantRole.TENANT_ADMIN, "Making a service key");
    }
    List<String> scopes = KeyRules.distinct(wanted.scopes());
    KeyRules.requireHeld(caller, scopes);
    UUID owner = kind == KeyKind.SERVICE ? null : user(caller);
    Instant end = wanted.expiresAt() == null ? now.plus(KeyRules.USUAL_LIFE) : wanted.expiresAt();
    String name = Objects.requireNonNull(wanted.name()).strip();
    List<String> ranges = KeyRules.distinct(wanted.allowedCidrs());
    return inTransaction(
        () -> {
          rows.lockOwner(caller.tenantId(), owner);
          requirePlace(caller.tenantId(), owner, now);
          KeyText text = KeyText.generate();
          Made made =
              kept(ApiKey.of(caller, text, kind, owner, name, scopes, ranges, now, end), text);
          record(caller, "api_key.created", null, made.key());
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
        .filter(key -> caller.role().includes(TenantRole.TENANT_ADMIN) || key.isOf(caller))
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
    return alone(
        caller,
        id,
        key -> {
          KeyRules.requireActive(key, clock.instant());
          if (key.version() != seen) {
            throw new ProblemException(
                GeneralProblem.STALE_VERSION, "The key changed since you loaded it.");
          }
          KeyRules.check(change, key);
          if (change.scopes() != null) {
            KeyRules.requireHeld(caller, change.scopes());
          }
          rows.save(
              key.changed(
                  change.name() == null ? key.name() : change.name().strip(),
                  change.scopes() == null ? key.scopes() : KeyRules.distinct(change.scopes()),
                  change.allowedCidrs() == null
                      ? key.allowedCidrs()
                      : KeyRules.distinct(change.allowedCidrs())));
          ApiKey now = get(caller, id);
          record(caller, "api_key.changed", key, now);
          return now;
        });
  }

  /**
   * Ends a key at once; a second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND, also for somebody else's key
   */
  public void revoke(Caller caller, UUID id) {
    alone(
        caller,
        id,
        key -> {
          if (key.revokedAt() == null) {
            ApiKey ended = key.revoked(clock.instant());
            rows.save(ended);
            notices.clear(key.tenantId(), ApiKeyWatch.NOTICE, key.id());
            record(caller, "api_key.revoked", key, ended);
          }
          return key;
        });
  }

  /**
   * Puts a new key with the same name, scopes, addresses and length of life in the place of one,
   * which opens for the hours of the overlap yet. A user's key is rotated by that user alone, for
   * whoever sees the new one has the user's rights.
   *
   * @param overlapHours 0 to 72; null for 24
   * @throws ProblemException NOT_FOUND, PERMISSION_DENIED, VALIDATION_FAILED, SCOPE_MISSING,
   *     STATE_CONFLICT for a key that opens nothing any more or was replaced before
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
    return alone(
        caller,
        id,
        key -> {
          Instant now = clock.instant();
          KeyRules.requireRotatable(caller, key, now);
          KeyText text = KeyText.generate();
          Made made = kept(key.next(caller, text, now), text);
          ApiKey old = key.replaced(made.key().id(), now.plus(Duration.ofHours(overlap)));
          rows.save(old);
          notices.clear(key.tenantId(), ApiKeyWatch.NOTICE, key.id());
          record(caller, "api_key.rotated", key, old);
          return made;
        });
  }

  private Made kept(ApiKey key, KeyText text) {
    rows.add(key, text.hash());
    return new Made(key, text.text());
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

  private static UUID user(Caller caller) {
    UUID id = caller.userId();
    if (id == null) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT, "Only a user has keys of their own; make a service key.");
    }
    return id;
  }

  private void record(Caller caller, String action, @Nullable ApiKey before, ApiKey after) {
    journal.record(
        Act.of(caller, AuditCategory.SECURITY, action)
            .on("api_key", after.id(), after.name())
            .changing(
                before == null ? Map.of() : before.audited(clock.instant()),
                after.audited(clock.instant())));
  }

  /** Work on a key while no other work on keys of its owner is under way. */
  private <T> T alone(Caller caller, UUID id, Function<ApiKey, T> work) {
    return inTransaction(
        () -> {
          rows.lockOwner(caller.tenantId(), get(caller, id).ownerId());
          return work.apply(get(caller, id));
        });
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
