package io.dorsal.catalog.organizations;

import io.dorsal.problem.Problem;

/** Refusals about organizations. */
public enum OrganizationProblem implements Problem {
  ORGANIZATION_NOT_SELECTABLE(
      "Public belongs to the system and is never chosen.", "Choose another organization.");

  private final String title;
  private final String fix;

  OrganizationProblem(String title, String fix) {
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
