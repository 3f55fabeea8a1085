package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a credential to the caller with the rights it has now. Thread-safe. */
@Component
public class Callers {

  private final Tokens tokens;
  private final Standings standings;

  public Callers(Tokens tokens, Standings standings) {
    this.tokens = tokens;
    this.standings = standings;
  }

  /**
   * The caller an {@code Authorization} header proves.
   *
   * @throws ProblemException AUTH_TOKEN_MISSING, AUTH_TOKEN_INVALID (with {@code details.reason}),
   *     IDENTITY_PROVIDER_UNAVAILABLE, or why the caller is not let in; a {@link KeptOutException}
   *     where the token proves who that is
   */
  public Caller of(@Nullable String authorization) {
    Identity identity = tokens.identityOf(authorization);
    try {
      return standings.signedIn(identity);
    } catch (ProblemException e) {
      throw new KeptOutException(identity, e);
    }
  }
}
