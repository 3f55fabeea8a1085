package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the database says of those who call: their state, roles and populations, at most five
 * seconds old. Thread-safe.
 */
public interface Standings {

  /**
   * The caller that a valid token names; who comes for the first time may become a user.
   *
   * @throws ProblemException AUTH_TOKEN_INVALID (reason TENANT_UNKNOWN), AUTHZ_TENANT_SUSPENDED,
   *     AUTHZ_USER_SUSPENDED, AUTHZ_USER_UNKNOWN, AUTHZ_MFA_REQUIRED
   */
  Caller signedIn(Identity identity);

  /**
   * The name that records keep of whom a token names, let in or not: the user's id, or the token's
   * subject where there is no such user. Empty where there is no such tenant.
   */
  Optional<String> actor(Identity identity);

  /**
   * The user behind a key, with the rights it has now.
   *
   * @throws ProblemException AUTHZ_TENANT_SUSPENDED, AUTHZ_USER_SUSPENDED, AUTHZ_USER_UNKNOWN
   */
  Caller of(UUID tenantId, UUID userId, Set<Scope> scopes);

  /**
   * Nothing where a tenant's keys work, and its work may begin.
   *
   * @throws ProblemException AUTHZ_TENANT_SUSPENDED, NOT_FOUND where there is no such tenant
   */
  void requireActive(UUID tenantId);
}
