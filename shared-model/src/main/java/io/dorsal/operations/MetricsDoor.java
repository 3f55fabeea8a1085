package io.dorsal.operations;

import io.dorsal.access.AccessProblem;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may read the metrics where everybody can ask. Thread-safe. */
@Component
public class MetricsDoor {

  private static final String BEARER = "Bearer ";

  private final @Nullable String token;

  MetricsDoor(OperationsSettings settings) {
    this.token = settings.metricsToken();
  }

  /**
   * @param authorization the header of the request
   * @throws ProblemException NOT_FOUND where no token is set, AUTH_TOKEN_MISSING,
   *     AUTH_TOKEN_INVALID
   */
  public void require(@Nullable String authorization) {
    if (token == null) {
      throw new ProblemException(
          GeneralProblem.NOT_FOUND, "Metrics are not told here: DORSAL_METRICS_TOKEN is not set.");
    }
    if (authorization == null) {
      throw new ProblemException(
          AccessProblem.AUTH_TOKEN_MISSING, "The metrics need their token as a bearer token.");
    }
    // Takes as long whatever is wrong with it.
    if (!authorization.startsWith(BEARER)
        || !MessageDigest.isEqual(
            bytes(authorization.substring(BEARER.length()).strip()), bytes(token))) {
      throw new ProblemException(
          AccessProblem.AUTH_TOKEN_INVALID,
          "This is not the token of the metrics.",
          Map.of("reason", "METRICS_TOKEN"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
