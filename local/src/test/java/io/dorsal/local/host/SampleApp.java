package io.dorsal.local.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Packages {@link SampleFunctions} as the Maven plugin would. */
final class SampleApp {

  private SampleApp() {}

  /** Writes host.json and the jar; functions follow by {@link #function}. */
  static Path create(Path directory, int concurrentCalls) throws IOException {
    Files.writeString(
        directory.resolve("host.json"),
        """
        {"version": "2.0", "extensions": {"http": {"routePrefix": "api/v1"},
         "serviceBus": {"maxConcurrentCalls": %d, "maxAutoLockRenewalDuration": "00:05:00"}}}
        """
            .formatted(concurrentCalls));
    try (OutputStream file = Files.newOutputStream(directory.resolve("sample.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      String entry = SampleFunctions.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(entry));
      try (var code = SampleFunctions.class.getResourceAsStream("SampleFunctions.class")) {
        code.transferTo(jar);
      }
    }
    return directory;
  }

  static void function(Path directory, String name, String method, Map<String, Object> trigger)
      throws IOException {
    Map<String, Object> json =
        Map.of(
            "scriptFile",
            "../sample.jar",
            "entryPoint",
            SampleFunctions.class.getName() + "." + method,
            "bindings",
            new Object[] {trigger});
    Files.createDirectories(directory.resolve(name));
    Files.writeString(
        directory.resolve(name).resolve("function.json"),
        JsonMapper.shared().writeValueAsString(json));
  }

  static void http(Path directory, String name, String method, String route, String... verbs)
      throws IOException {
    function(
        directory,
        name,
        method,
        Map.of("type", "httpTrigger", "name", "request", "route", route, "methods", verbs));
  }
}
