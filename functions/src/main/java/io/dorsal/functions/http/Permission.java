package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpMethod;
import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.Scope;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@link Permissions}.
 *
 * @param route the path template below {@code /api/v1}
 * @param scope what a token or key must be good for; null where any is
 * @param action what the caller is about to do, as refusals and the description name it
 * @param edge whether the edge serves it instead of a function
 */
public record Permission(
    HttpMethod method,
    String route,
    Who who,
    @Nullable Scope scope,
    RateClass rate,
    String action,
    boolean edge) {

  /**
   * @throws ProblemException SCOPE_MISSING
   */
  void checkScope(Caller caller) {
    if (scope != null) {
      caller.require(scope, action);
    }
  }

  /**
   * @throws ProblemException PERMISSION_DENIED
   */
  void checkRole(Caller caller) {
    if (!who.includes(caller)) {
      throw new ProblemException(
          AccessProblem.PERMISSION_DENIED,
          action + " needs the role " + who.asked() + ".",
          Map.of("required_role", who.asked()));
    }
  }

  /**
   * Whether it has to be asked first if the thing is there at all: what is not visible is 404 for
   * every role, also for one that may not read it.
   */
  boolean looksFirst() {
    return method == HttpMethod.GET && route.contains("{");
  }

  /**
   * @param path below the route prefix, without a slash at either end
   */
  boolean fits(String path) {
    StringBuilder shape = new StringBuilder();
    for (String segment : route.split("/", -1)) {
      shape.append(shape.isEmpty() ? "" : "/");
      shape.append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
    }
    return Pattern.compile(shape.toString(), Pattern.CASE_INSENSITIVE).matcher(path).matches();
  }
}
