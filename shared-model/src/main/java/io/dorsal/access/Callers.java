package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a credential to the caller with the rights it has now. Thread-safe. */
@Component
public class Callers {

  private static final UUID EVERY_POPULATION = new UUID(0, 0);

  private final Tokens tokens;

  public Callers(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The caller an {@code Authorization} header proves.
   *
   * @throws ProblemException AUTH_TOKEN_MISSING, AUTH_TOKEN_INVALID (with {@code details.reason})
   *     or IDENTITY_PROVIDER_UNAVAILABLE
   */
  public Caller of(@Nullable String authorization) {
    Identity identity = tokens.identityOf(authorization);
    boolean admin = identity.roles().contains(TenantRole.TENANT_ADMIN.name());
    Optional<PopulationRole> highest =
        Arrays.stream(PopulationRole.values())
            .filter(role -> identity.roles().contains(role.name()))
            .max(Comparator.naturalOrder());
    return new Caller(
        identity.tenantId(),
        null,
        identity.subject(),
        admin ? TenantRole.TENANT_ADMIN : TenantRole.MEMBER,
        false,
        highest.map(role -> Map.of(EVERY_POPULATION, role)).orElse(Map.of()),
        Scope.all());
  }
}
