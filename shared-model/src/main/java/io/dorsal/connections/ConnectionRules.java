package io.dorsal.connections;

import io.dorsal.problem.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of what a person types about a connection. Pure. */
final class ConnectionRules {

  static final String NO_SECRET = "A managed identity has no secret.";

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_SECRET = 4_096;
  private static final int MOST_CONTAINERS = 50;

  private ConnectionRules() {}

  static Validation requireName(Validation validation, @Nullable String given) {
    String name = given == null ? "" : given.strip();
    return validation.check(
        Validation.isText(name) && name.codePointCount(0, name.length()) <= LONGEST_NAME,
        "name",
        "LENGTH",
        "name needs 1 to 100 characters.");
  }

  static Validation requireContainers(Validation validation, List<String> containers) {
    return validation
        .check(
            containers.size() <= MOST_CONTAINERS
                && containers.stream().allMatch(c -> c != null && Connection.isContainerName(c)),
            "containers",
            "INVALID",
            "containers holds at most 50 container names of 3 to 63 characters.")
        .check(
            containers.stream().distinct().count() == containers.size(),
            "containers",
            "REPEATED",
            "containers names a container twice.");
  }

  static Validation requireSecret(
      Validation validation, @Nullable AuthType authType, @Nullable String secret) {
    if (authType == AuthType.MANAGED_IDENTITY) {
      return validation.check(secret == null, "secret", "NOT_ALLOWED", NO_SECRET);
    }
    return validation.check(
        secret != null && !secret.isBlank() && secret.length() <= LONGEST_SECRET,
        "secret",
        "LENGTH",
        "secret needs 1 to 4,096 characters.");
  }

  static void requireAccount(@Nullable String account) {
    new Validation()
        .check(
            account != null,
            "account_name",
            "REQUIRED",
            "account_name is required unless a whole SAS URL or connection string is given.")
        .check(
            account == null || account.matches("[a-z0-9]{3,24}"),
            "account_name",
            "INVALID",
            "account_name has 3 to 24 lower-case letters and digits.")
        .orThrow();
  }
}
