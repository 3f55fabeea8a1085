package io.dorsal.functions.description;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** What others make of the description: a validator, a generator, and a client. */
@ExtendWith(ApiStack.Started.class)
class ApiDescriptionIntegrationTests {

  private static final Path TOOLS = Path.of("api-check").toAbsolutePath();

  @Test
  void theDescriptionIsValidOpenApi(ApiStack api) throws Exception {
    write(api);
    String version =
        JsonMapper.shared()
            .readTree(TOOLS.resolve("target/openapi.json"))
            .path("openapi")
            .asString();
    assertThat(version).startsWith("3.1.");
    run(Map.of(), "@redocly/cli/bin/cli.js", "lint", "target/openapi.json", "--extends", "spec");
  }

  @Test
  void aGeneratedClientMakesAScan(ApiStack api) throws Exception {
    write(api);
    run(
        Map.of(),
        "openapi-typescript/bin/cli.js",
        "target/openapi.json",
        "--output",
        "target/dorsal.d.ts");
    run(Map.of(), "typescript/bin/tsc", "--project", ".");

    var archive = api.archive(20);
    String said =
        run(
            Map.of(
                "DORSAL_API", api.stack().api().toString(),
                "DORSAL_TOKEN", api.token(ApiStack.tenant(), "TENANT_ADMIN"),
                "CONNECTION", ApiStack.connecting("Generated", archive, archive.sas()),
                "CONTAINER", archive.container()),
            "../target/scan.js");
    assertThat(said.strip()).matches("COMPLETED [1-9][0-9]*");
  }

  @Test
  void thePageOfTheDescriptionNeedsThisHostOnly(ApiStack api) throws Exception {
    String page = fetch(api, "/docs");
    assertThat(page).contains("SwaggerUIBundle", "/api/v1/openapi.json").doesNotContain("http");
    var parts = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page);
    assertThat(parts.results().map(part -> fetch(api, part.group(1))))
        .hasSize(3)
        .allSatisfy(part -> assertThat(part).isNotEmpty());
  }

  private static String fetch(ApiStack api, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(api.stack().api() + path);
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  private static void write(ApiStack api) throws IOException {
    Files.createDirectories(TOOLS.resolve("target"));
    var answer = api.call("GET", "/openapi.json", null, null);
    assertThat(answer.status()).isEqualTo(200);
    Files.writeString(TOOLS.resolve("target/openapi.json"), answer.text());
  }

  /** Runs a script beneath {@code node_modules} and returns what it said. */
  private static String run(Map<String, String> environment, String script, String... arguments)
      throws Exception {
    Path path = TOOLS.resolve("node_modules").resolve(script).normalize();
    assertThat(path).as("Run npm ci in local/api-check, as ./dorsal test does").exists();
    List<String> command = new ArrayList<>(List.of("node", path.toString()));
    command.addAll(List.of(arguments));
    File out = Files.createTempFile("dorsal-api-check", ".log").toFile();
    try {
      var builder = new ProcessBuilder(command).directory(TOOLS.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("REDOCLY_TELEMETRY", "off");
      builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(out)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String said = Files.readString(out.toPath());
      assertThat(ended && process.exitValue() == 0).as(said).isTrue();
      return said;
    } finally {
      Files.delete(out.toPath());
    }
  }
}
