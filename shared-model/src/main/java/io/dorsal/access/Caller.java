package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.UUID;

/**
 * Who asks, proven by a token.
 *
 * @param tenantId the tenant whose data the caller sees; everything else does not exist for it
 * @param subject the token's subject
 * @param role the highest role the token proves
 */
public record Caller(UUID tenantId, String subject, Role role) {

  /**
   * @throws ProblemException PERMISSION_DENIED where the caller's role is lower
   */
  public void require(Role needed, String action) {
    if (!role.includes(needed)) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          action + " needs the role " + needed + ".",
          Map.of("required_role", needed.name()));
    }
  }
}
