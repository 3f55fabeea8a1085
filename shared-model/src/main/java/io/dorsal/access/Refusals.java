package io.dorsal.access;

import io.dorsal.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a token is not believed. */
final class Refusals {

  private Refusals() {}

  static ProblemException invalid(String reason, String detail) {
    return invalid(reason, detail, Map.of());
  }

  static ProblemException invalid(String reason, String detail, Map<String, Object> particulars) {
    Map<String, Object> details = new LinkedHashMap<>(particulars);
    details.put("reason", reason);
    return new ProblemException(AccessProblem.AUTH_TOKEN_INVALID, detail, details);
  }
}
