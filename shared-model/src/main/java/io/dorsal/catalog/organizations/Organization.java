package io.dorsal.catalog.organizations;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People who work together, as an institute, project or society. Immutable.
 *
 * @param verification null for Public alone, see {@link #isSystem}
 * @param version grows with each change of profile or verification; becomes the entity tag
 */
public record Organization(
    UUID tenantId,
    UUID id,
    OrganizationProfile profile,
    @Nullable Verification verification,
    Instant createdAt,
    int version) {

  /** The name of the organization that the system keeps in every tenant. */
  public static final String PUBLIC = "Public";

  /** Whether the system keeps it: nobody changes, joins, verifies or selects it. */
  public boolean isSystem() {
    return verification == null;
  }

  /** The permits that are valid on this day. */
  public List<Permit> permitsOn(LocalDate day) {
    return profile.permits().stream().filter(permit -> permit.holdsOn(day)).toList();
  }

  Organization with(OrganizationProfile other) {
    requireOwn();
    return new Organization(tenantId, id, other, verification, createdAt, version);
  }

  /**
   * The same once this is decided.
   *
   * @throws ProblemException STATE_CONFLICT where it does not follow from what was decided before
   */
  Organization decided(Verification to) {
    requireOwn();
    if (verification == null || !verification.next().contains(to)) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          "An organization that is " + verification + " does not become " + to + ".",
          Map.of(
              "state",
              String.valueOf(verification),
              "allowed",
              verification == null ? List.of() : List.copyOf(verification.next())));
    }
    return new Organization(tenantId, id, profile, to, createdAt, version);
  }

  /**
   * @throws ProblemException STATE_CONFLICT for Public
   */
  void requireOwn() {
    if (isSystem()) {
      throw new ProblemException(
          GeneralProblem.STATE_CONFLICT,
          PUBLIC + " belongs to the system; nobody changes or joins it.",
          Map.of("state", "SYSTEM", "allowed", List.of()));
    }
  }
}
