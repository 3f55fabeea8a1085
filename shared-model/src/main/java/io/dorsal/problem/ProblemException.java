package io.dorsal.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal on its way to the person or system that asked. Carries no secret: {@code detail} and
 * {@code details} are shown as they are.
 */
public class ProblemException extends RuntimeException {

  private final Problem problem;
  private final Map<String, Object> details;

  public ProblemException(Problem problem, String detail) {
    this(problem, detail, Map.of());
  }

  public ProblemException(Problem problem, String detail, Map<String, Object> details) {
    super(detail);
    this.problem = problem;
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public ProblemException(Problem problem, String detail, Throwable cause) {
    super(detail, cause);
    this.problem = problem;
    this.details = Map.of();
  }

  public Problem problem() {
    return problem;
  }

  /** What happened in this case, in one sentence. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Machine-readable particulars, by member name; values are JSON-ready, some may be null. */
  public Map<String, Object> details() {
    return details;
  }
}
