package io.dorsal.catalog;

import io.dorsal.problem.Problem;

/** Refusals about populations. */
public enum CatalogProblem implements Problem {
  POPULATION_ARCHIVED(
      "The population is archived.", "An administrator of the population restores it first."),
  JOIN_REQUEST_PENDING(
      "A request to join waits already.", "Decide on it, or wait for the decision.");

  private final String title;
  private final String fix;

  CatalogProblem(String title, String fix) {
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
