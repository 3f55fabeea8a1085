package io.dorsal.local.host;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One {@code <function>/function.json} of a packaged app. */
record FunctionDescription(
    String name, Path jar, String className, String methodName, Trigger trigger) {

  /**
   * Reads a {@code function.json}.
   *
   * @throws IllegalStateException if the function asks for what this host does not offer
   */
  static FunctionDescription read(Path functionJson, HostSettings settings) {
    Path directory = functionJson.toAbsolutePath().resolveSibling("");
    String name = String.valueOf(directory.getFileName());
    JsonNode json = JsonMapper.shared().readTree(functionJson.toFile());
    String entryPoint = json.path("entryPoint").asString("");
    int dot = entryPoint.lastIndexOf('.');
    if (dot < 1) {
      throw new IllegalStateException(name + ": function.json has no entryPoint class.method");
    }
    return new FunctionDescription(
        name,
        directory.resolve(json.path("scriptFile").asString("")).normalize(),
        entryPoint.substring(0, dot),
        entryPoint.substring(dot + 1),
        trigger(name, json.path("bindings"), settings));
  }

  /** Whether {@code function.json} itself switches the function off. */
  static boolean disabled(Path functionJson) {
    return JsonMapper.shared().readTree(functionJson.toFile()).path("disabled").asBoolean(false);
  }

  private static Trigger trigger(String function, JsonNode bindings, HostSettings settings) {
    Trigger found = null;
    for (JsonNode binding : bindings) {
      String type = binding.path("type").asString("");
      if (type.toLowerCase(Locale.ROOT).endsWith("trigger") && found == null) {
        found = trigger(function, type, binding, settings);
      } else if (!type.equals("http") || !binding.path("name").asString("").equals("$return")) {
        throw new IllegalStateException(
            function + ": this host offers no binding of type " + type + " besides the trigger");
      }
    }
    if (found == null) {
      throw new IllegalStateException(function + ": function.json has no trigger");
    }
    return found;
  }

  private static Trigger trigger(
      String function, String type, JsonNode binding, HostSettings settings) {
    String parameter = binding.path("name").asString("");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "httptrigger" ->
          new Trigger.Http(
              parameter,
              settings.resolve(binding.path("route").asString(function)),
              methods(binding.path("methods")));
      case "servicebustrigger" -> queue(function, parameter, binding, settings);
      case "timertrigger" ->
          new Trigger.Timer(
              parameter,
              settings.resolve(binding.path("schedule").asString("")),
              binding.path("runOnStartup").asBoolean(false));
      case "eventgridtrigger" -> new Trigger.EventGrid(parameter);
      default -> throw new IllegalStateException(function + ": this host offers no " + type);
    };
  }

  private static Trigger queue(
      String function, String parameter, JsonNode binding, HostSettings settings) {
    String queue = settings.resolve(binding.path("queueName").asString(""));
    if (queue.isEmpty()
        || binding.path("isSessionsEnabled").asBoolean(false)
        || binding.path("cardinality").asString("one").equalsIgnoreCase("many")) {
      throw new IllegalStateException(
          function + ": this host offers queues only, without sessions, one message a call");
    }
    return new Trigger.Queue(parameter, queue, binding.path("connection").asString(""));
  }

  private static Set<String> methods(JsonNode names) {
    Set<String> methods = new LinkedHashSet<>();
    names.forEach(method -> methods.add(method.asString().toUpperCase(Locale.ROOT)));
    return methods;
  }
}
