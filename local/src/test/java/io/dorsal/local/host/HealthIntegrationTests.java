package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real packaged app in a host process of its own. */
class HealthIntegrationTests {

  private static final Path APP =
      Path.of("..", "functions", "target", "azure-functions", "dorsal-functions");

  @Test
  void healthAnswersWithoutAnyDependency(@TempDir Path directory) throws Exception {
    assertThat(APP).as("made by mvn package").isDirectory();
    Path settings = directory.resolve("local.settings.json");
    Files.writeString(
        settings,
        """
        {"Values": {"DORSAL_OIDC_URL": "http://127.0.0.1:1", "DORSAL_DATABASE_URL": "jdbc:postgresql://127.0.0.1:1/none",
          "DORSAL_DATABASE_PASSWORD": "none", "DORSAL_MAINT_DATABASE_PASSWORD": "none",
          "DORSAL_KEY_VAULT_KEY": "https://dorsal.vault.azure.net/keys/secrets",
          "DORSAL_NOT_READY": "0s",
          "DORSAL_SERVICEBUS_CONNECTION": "Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=n;\
        SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true;"}}
        """);
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FunctionsHostMain.class.getName(),
            "--app",
            APP.toString(),
            "--settings",
            settings.toString());
    command.environment().remove("DORSAL_DATABASE_URL");
    command.environment().remove("DORSAL_SERVICEBUS_CONNECTION");
    Process process = command.redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      String url = listening(output);
      List<String> rest = new ArrayList<>();
      Thread reader = Thread.ofVirtual().start(() -> output.lines().forEach(rest::add));
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/api/v1/health")).build(),
                  BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).matches("\\{\"status\":\"healthy\",\"version\":\"[0-9].+\"}");
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      reader.join();
      assertThat(rest).anyMatch(line -> line.contains("Started application"));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String listening(BufferedReader output) throws Exception {
    List<String> before = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      before.add(line);
      if (line.startsWith("Functions host listening on ")) {
        return line.substring(line.lastIndexOf(' ') + 1);
      }
    }
    throw new AssertionError("The host did not start: " + before);
  }
}
