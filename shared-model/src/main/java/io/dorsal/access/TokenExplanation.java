package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a token is accepted or not.
 *
 * @param header as it stands in the token; null where it cannot be read
 * @param claims as they stand in the token, believed or not; null where they cannot be read
 * @param keySet the keys of the token's issuer; null where the issuer is not trusted
 */
public record TokenExplanation(
    boolean accepted,
    Instant serverTime,
    List<Finding> checks,
    @Nullable JsonNode header,
    @Nullable JsonNode claims,
    @Nullable KeySetState keySet) {

  /** What came of a check. */
  public enum Result {
    PASS,
    FAIL,
    /** A check before it found nothing to look at. */
    SKIPPED
  }

  /**
   * What one check says.
   *
   * @param reason that of 401 AUTH_TOKEN_INVALID, else the refusal's code; null where it passed
   */
  public record Finding(
      TokenCheck check,
      Result result,
      @Nullable String reason,
      @Nullable String detail,
      Map<String, Object> details) {

    static Finding pass(TokenCheck check) {
      return new Finding(check, Result.PASS, null, null, Map.of());
    }

    static Finding skipped(TokenCheck check) {
      return new Finding(check, Result.SKIPPED, null, null, Map.of());
    }

    static Finding fail(TokenCheck check, ProblemException refusal) {
      Object reason = refusal.details().get("reason");
      return new Finding(
          check,
          Result.FAIL,
          reason == null ? refusal.problem().name() : reason.toString(),
          refusal.detail(),
          refusal.details());
    }

    boolean passed() {
      return result == Result.PASS;
    }
  }

  static Finding finding(TokenTrial trial, TokenCheck check) {
    if (!trial.canMake(check)) {
      return Finding.skipped(check);
    }
    try {
      trial.make(check);
      return Finding.pass(check);
    } catch (ProblemException refusal) {
      return Finding.fail(check, refusal);
    }
  }
}
