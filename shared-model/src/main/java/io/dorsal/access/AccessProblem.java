package io.dorsal.access;

import io.dorsal.problem.Problem;

/** Refusals at the door. */
public enum AccessProblem implements Problem {
  AUTH_TOKEN_MISSING("No credential was sent.", "Sign in."),
  AUTH_TOKEN_INVALID("The token is not accepted.", "Sign in again."),
  API_KEY_INVALID("The key is not accepted.", "Create or rotate the key."),
  AUTHZ_IP_DENIED("The address is not allowed for the key.", "Call from an allowed address."),
  SCOPE_MISSING("The token or key is too narrow.", "Use one with the scope in details."),
  WEBHOOK_SIGNATURE_INVALID(
      "The event is not signed as agreed.", "Check the secret and the sender's clock."),
  AUTHZ_USER_SUSPENDED("The account is deactivated.", "An administrator activates the account."),
  AUTHZ_USER_UNKNOWN("There is no account.", "Ask an administrator for an account."),
  AUTHZ_TENANT_SUSPENDED("The tenant is suspended.", "Contact the operator."),
  AUTHZ_MFA_REQUIRED("The sign-in lacks a second factor.", "Sign in with a second factor."),
  LAST_ADMINISTRATOR("That would leave no administrator.", "Appoint another one first."),
  PERMISSION_DENIED("Your role does not allow this.", "Ask for the role in details."),
  IDENTITY_PROVIDER_UNAVAILABLE(
      "The identity provider's keys cannot be fetched.",
      "Try again; the operator checks the provider.");

  private final String title;
  private final String fix;

  AccessProblem(String title, String fix) {
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
