package io.dorsal.functions.access;

import static io.dorsal.problem.ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.access.AuthDiagnostics;
import io.dorsal.access.KeySetState;
import io.dorsal.access.SignIn;
import io.dorsal.access.SignInConfig;
import io.dorsal.access.TokenExplanation;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Endpoint;
import io.dorsal.functions.http.Reply;
import io.dorsal.functions.http.Requests;
import io.dorsal.problem.Validation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How people sign in, and what helps when their tokens are not accepted. Thread-safe. */
@Component
public class AuthFunctions {

  private final Endpoint endpoint;
  private final SignIn signIn;
  private final AuthDiagnostics diagnostics;

  AuthFunctions(Endpoint endpoint, SignIn signIn, AuthDiagnostics diagnostics) {
    this.endpoint = endpoint;
    this.signIn = signIn;
    this.diagnostics = diagnostics;
  }

  /** The token to be explained; a secret of whoever holds it. */
  record Explain(@Nullable String token) {
    @Override
    public String toString() {
      return "Explain[token=***]";
    }
  }

  /** What this instance holds of each issuer's keys. */
  record KeySetsAnswer(List<KeySetState> keySets) {}

  /** What a program needs to let people sign in; nobody has to be signed in for it. */
  @FunctionName("GetAuthConfig")
  @Described(answer = SignInConfig.class, problems = IDENTITY_PROVIDER_UNAVAILABLE)
  public HttpResponseMessage config(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "auth/config")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answerUnsigned(request, "auth/config", () -> Reply.ok(signIn.config()));
  }

  /** Every instance fetches the identity providers' keys anew. */
  @FunctionName("RefreshSigningKeys")
  @Described(answer = KeySetsAnswer.class)
  public HttpResponseMessage refresh(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/auth/jwks/refresh")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/auth/jwks/refresh",
        caller -> Reply.ok(new KeySetsAnswer(diagnostics.refreshKeys(caller))));
  }

  /** Why a token is accepted or not. */
  @FunctionName("ExplainToken")
  @Described(body = Explain.class, answer = TokenExplanation.class)
  public HttpResponseMessage explain(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "admin/auth/explain")
          HttpRequestMessage<Optional<String>> request) {
    return endpoint.answer(
        request,
        "admin/auth/explain",
        caller -> {
          String token = Requests.body(request, Explain.class).token();
          new Validation().check(token != null, "token", "REQUIRED", "token is missing.").orThrow();
          return Reply.ok(diagnostics.explain(caller, String.valueOf(token)));
        });
  }
}
