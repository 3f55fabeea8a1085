package io.dorsal.apikeys;

import io.dorsal.access.AccessProblem;
import io.dorsal.access.AddressRange;
import io.dorsal.access.Caller;
import io.dorsal.access.Scope;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a key may be. */
final class KeyRules {

  static final Duration USUAL_LIFE = Duration.ofDays(365);
  static final int MOST_OF_A_USER = 20;
  static final int MOST_OF_A_TENANT = 100;

  private static final Duration LONGEST_LIFE = Duration.ofDays(730);
  private static final int LONGEST_NAME = 100;
  private static final int MOST_RANGES = 20;

  private KeyRules() {}

  /**
   * @throws ProblemException VALIDATION_FAILED
   */
  static void check(NewKey wanted, Instant now) {
    Instant end = wanted.expiresAt();
    var validation = new Validation();
    checkName(validation, wanted.name());
    validation.check(
        wanted.kind() != null && wanted.kind() != KeyKind.SYNC,
        "kind",
        "INVALID",
        "kind must be USER, SERVICE or DATASET; keys for sync are made on the sync page.");
    checkScopes(validation, wanted.kind(), wanted.scopes());
    checkRanges(validation, wanted.allowedCidrs());
    validation
        .check(
            end == null || (end.isAfter(now) && !end.isAfter(now.plus(LONGEST_LIFE))),
            "expires_at",
            "OUT_OF_RANGE",
            "expires_at must be within the next 730 days.")
        .orThrow();
  }

  /**
   * @throws ProblemException VALIDATION_FAILED
   */
  static void check(KeyChange change, ApiKey key) {
    var validation = new Validation();
    if (change.name() != null) {
      checkName(validation, change.name());
    }
    if (change.scopes() != null) {
      checkScopes(validation, key.kind(), change.scopes());
    }
    checkRanges(validation, change.allowedCidrs());
    validation.orThrow();
  }

  /**
   * A user's key is rotated by that user alone: whoever sees the new one has the user's rights.
   *
   * @throws ProblemException PERMISSION_DENIED, SCOPE_MISSING, STATE_CONFLICT
   */
  static void requireRotatable(Caller caller, ApiKey key, Instant now) {
    if (key.ownerId() != null && !key.isOf(caller)) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          "Only the user whose key it is rotates it.",
          Map.of("required_role", "OWNER"));
    }
    requireActive(key, now);
    if (key.replacedBy() != null) {
      throw conflict(key, now, "The key was replaced already; rotate the one in its place.");
    }
    requireHeld(caller, key.scopes());
  }

  /**
   * @throws ProblemException STATE_CONFLICT
   */
  static void requireActive(ApiKey key, Instant now) {
    if (key.state(now) != KeyState.ACTIVE) {
      throw conflict(key, now, "The key opens nothing any more.");
    }
  }

  private static ProblemException conflict(ApiKey key, Instant now, String detail) {
    return new ProblemException(
        GeneralProblem.STATE_CONFLICT,
        detail,
        Map.of("state", key.state(now).name(), "allowed", List.of("ACTIVE")));
  }

  private static void checkName(Validation validation, @Nullable String name) {
    validation.check(
        name != null && Validation.isText(name) && name.strip().length() <= LONGEST_NAME,
        "name",
        "INVALID",
        "name must have 1 to 100 characters.");
  }

  private static void checkScopes(
      Validation validation, @Nullable KeyKind kind, @Nullable List<String> scopes) {
    boolean known =
        scopes != null
            && !scopes.isEmpty()
            && scopes.stream()
                .allMatch(each -> each.equals(Scope.ALL) || Scope.of(each).isPresent());
    validation.check(
        known,
        "scopes",
        "INVALID",
        "scopes must name at least one of " + Scope.ALL + ", " + allNames() + ".");
    if (kind == KeyKind.DATASET && known) {
      validation.check(
          scopes != null && Set.copyOf(scopes).equals(Set.of(Scope.DATASET_DOWNLOAD.text())),
          "scopes",
          "INVALID",
          "A key of kind DATASET has the scope dataset:download alone.");
    }
  }

  private static void checkRanges(Validation validation, @Nullable List<String> ranges) {
    if (ranges != null) {
      validation
          .check(
              ranges.size() <= MOST_RANGES,
              "allowed_cidrs",
              "TOO_MANY",
              "allowed_cidrs has at most 20 ranges.")
          .check(
              ranges.stream().allMatch(each -> AddressRange.of(each).isPresent()),
              "allowed_cidrs",
              "INVALID",
              "allowed_cidrs must be ranges such as 203.0.113.0/24 or 2001:db8::/32.");
    }
  }

  /** The scopes that these names stand for. */
  static Set<Scope> scopes(List<String> names) {
    if (names.contains(Scope.ALL)) {
      return Scope.all();
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    names.forEach(name -> Scope.of(name).ifPresent(scopes::add));
    return scopes;
  }

  /** Nobody makes a key that may be used for more than the credential it is made with. */
  static void requireHeld(Caller caller, List<String> names) {
    for (Scope scope : scopes(names)) {
      if (!caller.scopes().contains(scope)) {
        throw new ProblemException(
            AccessProblem.SCOPE_MISSING,
            "A key may not be used for more than what makes it: " + scope.text() + ".",
            Map.of("required_scope", scope.text()));
      }
    }
  }

  static List<String> distinct(@Nullable List<String> texts) {
    return texts == null ? List.of() : List.copyOf(new TreeSet<>(texts));
  }

  private static String allNames() {
    return String.join(", ", Scope.all().stream().map(Scope::text).toList());
  }
}
