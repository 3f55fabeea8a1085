package io.dorsal.local.host;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every HTTP function of the app, most specific route first. Immutable. */
final class Routes {

  /** What a path and method lead to. */
  sealed interface Found {
    record Function(LoadedFunction function, Map<String, String> values) implements Found {}

    record OtherMethods(Set<String> allowed) implements Found {}

    record Nothing() implements Found {}
  }

  private record Route(RouteTemplate template, Set<String> methods, LoadedFunction function) {
    boolean accepts(String method) {
      return methods.isEmpty() || methods.contains(method);
    }
  }

  private final String prefix;
  private final List<Route> routes;

  /**
   * The routes of those functions that have one.
   *
   * @throws IllegalArgumentException if a route is malformed
   */
  Routes(String prefix, List<LoadedFunction> functions) {
    this.prefix = prefix;
    List<Route> found = new ArrayList<>();
    for (LoadedFunction function : functions) {
      if (function.trigger() instanceof Trigger.Http http) {
        found.add(new Route(RouteTemplate.parse(http.route()), http.methods(), function));
      }
    }
    found.sort(Comparator.comparing(Route::template));
    routes = List.copyOf(found);
  }

  Found find(String method, String rawPath) {
    Optional<List<String>> below = below(rawPath);
    if (below.isEmpty()) {
      return new Found.Nothing();
    }
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.template().match(below.get());
      if (values.isPresent()) {
        if (route.accepts(method)) {
          return new Found.Function(route.function(), values.get());
        }
        allowed.addAll(route.methods());
      }
    }
    return allowed.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(allowed);
  }

  /** The decoded segments below the route prefix. */
  private Optional<List<String>> below(String rawPath) {
    String path = rawPath.replaceAll("^/|/$", "");
    if (!prefix.isEmpty()) {
      if (!path.regionMatches(true, 0, prefix + "/", 0, prefix.length() + 1)) {
        return Optional.empty();
      }
      path = path.substring(prefix.length() + 1);
    }
    return Optional.of(
        path.isEmpty()
            ? List.of()
            : Arrays.stream(path.split("/", -1)).map(Routes::decode).toList());
  }

  /** Percent-decoded, but an encoded slash stays encoded, as in ASP.NET Core. */
  private static String decode(String segment) {
    String kept = segment.replace("+", "%2B").replaceAll("%2[fF]", "%252F");
    return URLDecoder.decode(kept, StandardCharsets.UTF_8);
  }
}
