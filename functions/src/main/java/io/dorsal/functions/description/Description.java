package io.dorsal.functions.description;

import static io.dorsal.functions.description.Schemas.ordered;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.dorsal.functions.http.Described;
import io.dorsal.functions.http.Permissions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The API as OpenAPI 3.1, made from the code that serves it: triggers, {@link Permissions}, records
 * and {@link Described}.
 */
final class Description {

  private Description() {}

  /**
   * @param classes with the functions
   * @throws IllegalStateException where a function is not described or a type has no schema
   */
  static Map<String, Object> of(Collection<Class<?>> classes) {
    var schemas = new Schemas();
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Operation operation : operations(classes)) {
      paths
          .computeIfAbsent("/" + operation.row().route(), route -> new LinkedHashMap<>())
          .put(operation.row().method().name().toLowerCase(Locale.ROOT), operation.toJson(schemas));
    }
    Map<String, Object> components = new LinkedHashMap<>(schemas.components());
    components.put("Problem", ProblemSchema.SCHEMA);
    return ordered(
        "openapi",
        "3.1.0",
        "info",
        ordered(
            "title",
            "Dorsal",
            "version",
            "1.0.0",
            "description",
            "From a wildlife photo archive to a reviewed photo-identification catalog.",
            "license",
            ordered("name", "Apache-2.0", "identifier", "Apache-2.0")),
        "servers",
        List.of(Map.of("url", "/api/v1")),
        "security",
        List.of(Map.of("token", List.of()), Map.of("key", List.of())),
        "paths",
        paths,
        "components",
        ordered(
            "schemas",
            components,
            "securitySchemes",
            ordered(
                "token",
                ordered("type", "http", "scheme", "bearer", "bearerFormat", "JWT"),
                "key",
                ordered("type", "apiKey", "in", "header", "name", "X-API-Key"))));
  }

  private static List<Operation> operations(Collection<Class<?>> classes) {
    List<Operation> operations = new ArrayList<>();
    for (Class<?> type : classes) {
      for (Method method : type.getDeclaredMethods()) {
        FunctionName name = method.getAnnotation(FunctionName.class);
        if (name != null) {
          trigger(method).ifPresent(at -> operations.addAll(served(name.value(), at, method)));
        }
      }
    }
    for (Method method : EdgeRoutes.class.getDeclaredMethods()) {
      var route = Objects.requireNonNull(method.getAnnotation(Described.OnEdge.class)).value();
      operations.add(
          new Operation(
              method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                  + method.getName().substring(1),
              Permissions.of(HttpMethod.GET, route),
              described(method)));
    }
    operations.sort(
        Comparator.comparing((Operation each) -> each.row().route())
            .thenComparing(each -> each.row().method()));
    return operations;
  }

  private static List<Operation> served(String name, HttpTrigger trigger, Method method) {
    return Arrays.stream(trigger.methods())
        .map(verb -> new Operation(name, Permissions.of(verb, trigger.route()), described(method)))
        .toList();
  }

  private static Described described(Method method) {
    Described described = method.getAnnotation(Described.class);
    if (described == null) {
      throw new IllegalStateException(method + " has no @Described");
    }
    return described;
  }

  private static Optional<HttpTrigger> trigger(Method method) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getAnnotation(HttpTrigger.class))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
