package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spec 40 section 0: exit code 78 and one line that names the setting. */
class WrongSettingsIntegrationTests {

  private static final String WORKER = "io.dorsal.jobs.WorkerApplication";
  private static final Map<String, String> RIGHT =
      Map.of(
          "DORSAL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none",
          "DORSAL_DATABASE_PASSWORD", "MARKER",
          "DORSAL_MAINT_DATABASE_PASSWORD", "MARKER",
          "DORSAL_MIGRATE_DATABASE_PASSWORD", "MARKER",
          "DORSAL_SERVICEBUS_CONNECTION", "Endpoint=sb://127.0.0.1:1;SharedAccessKey=MARKER",
          "DORSAL_OIDC_URL", "http://127.0.0.1:1",
          "DORSAL_KEY_VAULT_KEY", "https://dorsal.vault.azure.net/keys/secrets");

  @Test
  void aWorkerNamesWhatIsMissing() throws Exception {
    ends(
        without("DORSAL_SERVICEBUS_CONNECTION"),
        "DORSAL_SERVICEBUS_CONNECTION is not set.",
        WORKER);
  }

  @Test
  void aWorkerNamesWhatContradicts() throws Exception {
    Map<String, String> settings = new HashMap<>(RIGHT);
    settings.put("DORSAL_JOBS_PARTITIONS", "17");
    ends(settings, "DORSAL_JOBS_PARTITIONS must be 1 to 16.", WORKER);
  }

  @Test
  void aMigrationNeedsADatabase() throws Exception {
    ends(without("DORSAL_DATABASE_URL"), "DORSAL_DATABASE_URL is not set.", WORKER, "--migrate");
    String password = "DORSAL_MIGRATE_DATABASE_PASSWORD";
    ends(without(password), password + " is not set.", WORKER, "--migrate");
  }

  @Test
  void aWorkerNeedsThePasswordsOfItsTwoRoles() throws Exception {
    for (String name : List.of("DORSAL_DATABASE_PASSWORD", "DORSAL_MAINT_DATABASE_PASSWORD")) {
      ends(without(name), name + " is not set.", WORKER);
    }
  }

  @Test
  void theFunctionsHostNamesWhatIsMissing() throws Exception {
    ends(
        without("DORSAL_OIDC_URL"),
        "DORSAL_OIDC_URL is not set.",
        FunctionsHostMain.class.getName(),
        "--app",
        "nowhere");
  }

  /** Otherwise it would be stopped in Azure whatever its settings are. */
  @Test
  void theFunctionsAppIsLoadedWithRightSettings() throws Exception {
    Map<String, String> settings = new HashMap<>(RIGHT);
    settings.put("DORSAL_PROFILE", "local");
    Ended ended = run(settings, JavaWorkerStart.class.getName());
    assertThat(ended.output()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  /** 40-35: whatever is started, it names what is wrong about tokens. */
  @ParameterizedTest
  @MethodSource("deployables")
  void wrongTokenSettingsStopEveryDeployable(Map<String, String> profile, String[] program)
      throws Exception {
    Map<String, String> missing = without("DORSAL_OIDC_URL");
    missing.putAll(profile);
    ends(missing, "DORSAL_OIDC_URL is not set.", program);
    Map<String, String> forNobody = new HashMap<>(RIGHT);
    forNobody.putAll(profile);
    forNobody.put("DORSAL_JWT_AUDIENCE", "");
    ends(forNobody, "DORSAL_JWT_AUDIENCE must not be empty.", program);
    Map<String, String> symmetric = new HashMap<>(RIGHT);
    symmetric.putAll(profile);
    symmetric.put("DORSAL_JWT_ALGORITHMS", "RS256,HS256");
    ends(symmetric, "DORSAL_JWT_ALGORITHMS may hold RS256 and ES256 only.", program);
  }

  /**
   * 10, section 1.2: in Azure no key lies on a host's own disk; the local profile needs no vault.
   */
  @ParameterizedTest
  @MethodSource("deployables")
  void inAzureEveryDeployableNeedsTheKeyVault(Map<String, String> profile, String[] program)
      throws Exception {
    Map<String, String> missing = without("DORSAL_KEY_VAULT_KEY");
    missing.putAll(profile);
    ends(missing, "DORSAL_KEY_VAULT_KEY is not set.", program);
    missing.put("DORSAL_PROFILE", "azure");
    ends(missing, "DORSAL_KEY_VAULT_KEY is not set.", program);
    missing.put("DORSAL_PROFILE", "local");
    missing.put("DORSAL_JWT_AUDIENCE", "");
    ends(missing, "DORSAL_JWT_AUDIENCE must not be empty.", program);
  }

  static Stream<Arguments> deployables() {
    String[] host = {FunctionsHostMain.class.getName(), "--app", "nowhere"};
    String[] worker = {WORKER};
    return Stream.of(
        Arguments.of(Named.of("functions host", Map.of()), host),
        Arguments.of(
            Named.of("functions app", Map.of()), new String[] {JavaWorkerStart.class.getName()}),
        Arguments.of(Named.of("worker", Map.of()), worker),
        Arguments.of(Named.of("edge", Map.of("SPRING_PROFILES_ACTIVE", "edge")), worker));
  }

  private static Map<String, String> without(String name) {
    Map<String, String> settings = new HashMap<>(RIGHT);
    settings.remove(name);
    return settings;
  }

  private static void ends(Map<String, String> settings, String line, String... program)
      throws Exception {
    Ended ended = run(settings, program);
    assertThat(ended.code()).as(ended.output()).isEqualTo(78);
    assertThat(ended.output().strip().lines()).hasSize(1).first().asString().endsWith(line);
  }

  private record Ended(int code, String output) {}

  private static Ended run(Map<String, String> settings, String... program) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(program));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("DORSAL_"));
    // Java tells that it took these, and one line is expected.
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().putAll(settings);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
