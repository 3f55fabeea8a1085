package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.util.List;
import org.springframework.stereotype.Component;

/** What administrators do when tokens are not accepted. Thread-safe. */
@Component
public class AuthDiagnostics {

  private final Tokens tokens;
  private final KeySetRefreshes refreshes;

  AuthDiagnostics(Tokens tokens, KeySetRefreshes refreshes) {
    this.tokens = tokens;
    this.refreshes = refreshes;
  }

  /**
   * Has every instance fetch the key sets anew: this one now, the others at the first token after
   * three seconds.
   *
   * @return what this instance holds then; the last good set where a provider is silent
   * @throws ProblemException PERMISSION_DENIED
   */
  public List<HeldKeys> refreshKeys(Caller caller) {
    caller.requireAdministratorOrOperator("Fetching signing keys");
    refreshes.wish(caller.actor());
    return tokens.refresh();
  }

  /**
   * Why a token is accepted or not. It grants nothing, and nothing of it is kept.
   *
   * @throws ProblemException PERMISSION_DENIED
   */
  public TokenExplanation explain(Caller caller, String token) {
    caller.requireAdministratorOrOperator("Explaining a token");
    return tokens.explain(token);
  }
}
