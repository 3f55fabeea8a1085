package io.dorsal.access;

import io.dorsal.problem.Category;
import io.dorsal.problem.Problem;

/** Refusals at the door. */
public enum AccessProblem implements Problem {
  AUTH_TOKEN_MISSING(Category.UNAUTHENTICATED, "No credential was sent.", "Sign in."),
  AUTH_TOKEN_INVALID(Category.UNAUTHENTICATED, "The token is not accepted.", "Sign in again."),
  PERMISSION_DENIED(
      Category.FORBIDDEN, "Your role does not allow this.", "Ask for the role in details."),
  IDENTITY_PROVIDER_UNAVAILABLE(
      Category.UNAVAILABLE,
      "The identity provider's keys cannot be fetched.",
      "Try again; the operator checks the provider.");

  private final Category category;
  private final String title;
  private final String fix;

  AccessProblem(Category category, String title, String fix) {
    this.category = category;
    this.title = title;
    this.fix = fix;
  }

  @Override
  public Category category() {
    return category;
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
