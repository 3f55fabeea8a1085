package io.dorsal.functions.http;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which methods the functions of some classes take on a path. Immutable. */
final class OfferedRoutes {

  private record Route(Pattern path, SortedSet<String> methods) {}

  private final List<Route> routes;

  OfferedRoutes(Collection<Class<?>> classes) {
    routes =
        classes.stream()
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .flatMap(OfferedRoutes::triggers)
            .filter(trigger -> trigger.methods().length > 0)
            .map(OfferedRoutes::route)
            .toList();
  }

  /**
   * The methods of all routes that fit; empty where none does.
   *
   * @param path below the route prefix, without a slash at either end
   */
  SortedSet<String> methods(String path) {
    SortedSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.path().matcher(path).matches()) {
        methods.addAll(route.methods());
      }
    }
    return methods;
  }

  private static Stream<HttpTrigger> triggers(Method method) {
    return Arrays.stream(method.getParameterAnnotations())
        .flatMap(Arrays::stream)
        .filter((Annotation each) -> each instanceof HttpTrigger)
        .map(HttpTrigger.class::cast);
  }

  private static Route route(HttpTrigger trigger) {
    SortedSet<String> methods = new TreeSet<>();
    for (HttpMethod method : Objects.requireNonNull(trigger.methods())) {
      methods.add(method.name());
    }
    StringBuilder shape = new StringBuilder();
    for (String segment : trigger.route().split("/", -1)) {
      shape.append(shape.isEmpty() ? "" : "/");
      shape.append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
    }
    return new Route(Pattern.compile(shape.toString(), Pattern.CASE_INSENSITIVE), methods);
  }
}
