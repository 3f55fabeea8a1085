package io.dorsal.support;

import io.dorsal.problem.Problem;

/** Refusals about bundles and exports. */
public enum SupportProblem implements Problem {
  AUDIT_RANGE_TOO_LARGE("The export has more than 1,000,000 entries.", "Narrow the range.");

  private final String title;
  private final String fix;

  SupportProblem(String title, String fix) {
    this.title = title;
    this.fix = fix;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }
}
