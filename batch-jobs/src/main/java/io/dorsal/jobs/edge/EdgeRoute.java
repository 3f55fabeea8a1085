package io.dorsal.jobs.edge;

import io.dorsal.access.Scope;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the edge serves. Each has its row in the functions' table of permissions, and a test holds
 * the two against each other.
 */
public enum EdgeRoute {
  SCAN_EVENTS("GET", "scans/{id}/events", Scope.ONBOARDING_READ, 1, "Watching a scan");

  private final String method;
  private final String template;
  private final Scope scope;
  private final int units;
  private final String action;
  private final Pattern path;

  EdgeRoute(String method, String template, Scope scope, int units, String action) {
    this.method = method;
    this.template = template;
    this.scope = scope;
    this.units = units;
    this.action = action;
    this.path = Pattern.compile("/api/v1/" + template.replaceAll("\\{[a-z_]+}", "([^/]+)"));
  }

  /** The route of a path, whatever the method. */
  static Optional<EdgeRoute> of(String path) {
    return Arrays.stream(values()).filter(route -> route.path.matcher(path).matches()).findFirst();
  }

  public String method() {
    return method;
  }

  /** The path template below {@code /api/v1}. */
  public String template() {
    return template;
  }

  /** What a token or key must be good for. */
  public Scope scope() {
    return scope;
  }

  /** What one call costs. */
  public int units() {
    return units;
  }

  /** What the caller is about to do, as refusals name it. */
  public String action() {
    return action;
  }

  /** What stands in the first place that the template leaves open. */
  String variable(String of) {
    Matcher matcher = path.matcher(of);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(of + " is not " + template);
    }
    return matcher.group(1);
  }
}
