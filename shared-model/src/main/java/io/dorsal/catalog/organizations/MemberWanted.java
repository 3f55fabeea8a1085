package io.dorsal.catalog.organizations;

import io.dorsal.access.OrganizationRole;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is to belong to an organization, and as what; nothing of it is checked yet.
 *
 * @param email in the place of the id
 * @param role MEMBER unless given
 */
public record MemberWanted(@Nullable UUID userId, @Nullable String email, @Nullable String role) {

  private static final List<String> ROLES =
      Arrays.stream(OrganizationRole.values()).map(Enum::name).toList();

  /**
   * The role.
   *
   * @throws ProblemException VALIDATION_FAILED, also unless there is either an id or an address
   */
  OrganizationRole checked() {
    new Validation()
        .check(
            (userId == null) != (email == null),
            "user_id",
            "REQUIRED",
            "Either user_id or email names the user.")
        .check(
            role == null || isRole(role), "role", "INVALID", "role must be one of " + ROLES + ".")
        .orThrow();
    return role == null ? OrganizationRole.MEMBER : OrganizationRole.valueOf(role);
  }

  private static boolean isRole(String name) {
    return ROLES.contains(name);
  }

  /**
   * The role that a text names.
   *
   * @throws ProblemException VALIDATION_FAILED
   */
  static OrganizationRole role(@Nullable String name) {
    new Validation()
        .check(name != null, "role", "REQUIRED", "role is required.")
        .check(
            name == null || isRole(name), "role", "INVALID", "role must be one of " + ROLES + ".")
        .orThrow();
    return OrganizationRole.valueOf(String.valueOf(name));
  }
}
