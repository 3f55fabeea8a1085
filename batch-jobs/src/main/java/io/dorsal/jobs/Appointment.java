package io.dorsal.jobs;

import io.dorsal.accounts.Operators;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How the first operator of a deployment comes to be: by whoever may write its database. */
final class Appointment {

  static final String OPTION = "--appoint-operator";

  private Appointment() {}

  /**
   * Makes somebody an operator; a second time changes nothing.
   *
   * @param arguments {@link #OPTION}, then issuer and subject of that person's tokens
   * @param environment DORSAL_DATABASE_URL, _USER, _PASSWORD
   * @return whether both were there
   */
  static boolean run(List<String> arguments, Map<String, String> environment) {
    int at = arguments.indexOf(OPTION);
    if (arguments.size() < at + 3
        || arguments.get(at + 1).isBlank()
        || arguments.get(at + 2).isBlank()) {
      return false;
    }
    var database =
        new DriverManagerDataSource(
            String.valueOf(environment.get("DORSAL_DATABASE_URL")),
            environment.getOrDefault("DORSAL_DATABASE_USER", "dorsal_app"),
            environment.getOrDefault("DORSAL_DATABASE_PASSWORD", ""));
    database.setSchema("dorsal");
    new Operators(JdbcClient.create(database))
        .appoint(arguments.get(at + 1).strip(), arguments.get(at + 2).strip());
    return true;
  }
}
