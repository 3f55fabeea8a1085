package io.dorsal.accounts;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's settings say of signing in.
 *
 * @param jitProvisioning whether an unknown person becomes a user at the first sign-in
 * @param allowedEmailDomains whose people may; empty for everybody
 * @param requireMfa whether a second factor is needed
 */
record SignInRules(boolean jitProvisioning, List<String> allowedEmailDomains, boolean requireMfa) {

  static SignInRules of(TenantSettings settings) {
    return new SignInRules(
        settings.jitProvisioning(), settings.allowedEmailDomains(), settings.requireMfa());
  }

  /** Whether an unknown person with this address becomes a user. */
  boolean admit(@Nullable String email) {
    return jitProvisioning && (allowedEmailDomains.isEmpty() || isOfAllowedDomain(email));
  }

  private boolean isOfAllowedDomain(@Nullable String email) {
    if (email == null) {
      return false;
    }
    String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    return allowedEmailDomains.stream().anyMatch(domain::equalsIgnoreCase);
  }
}
