package io.dorsal.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * On which servers the tests of a run are: containers where a Docker engine answers, else embedded
 * ones. {@code -Ddorsal.test.servers=embedded} or {@code docker} decides by hand.
 */
enum ServerChoice {
  EMBEDDED,
  DOCKER;

  private static final ServerChoice HERE =
      of(
          System.getProperty("dorsal.test.servers"),
          () -> mayHaveEngine() && DockerClientFactory.instance().isDockerAvailable());

  /** Decided once per run. */
  static ServerChoice here() {
    return HERE;
  }

  /** Testcontainers looks for an engine for seconds; where nothing points to one it need not. */
  private static boolean mayHaveEngine() {
    Path home = Path.of(System.getProperty("user.home"));
    return System.getenv("DOCKER_HOST") != null
        || Stream.of(
                Path.of("/var/run/docker.sock"),
                home.resolve(".docker"),
                home.resolve(".testcontainers.properties"))
            .anyMatch(Files::exists);
  }

  /**
   * @param wish null for none
   * @param engineAnswers asked only where the wish leaves it open, or is docker
   * @throws IllegalStateException where docker is wished and no engine answers
   */
  static ServerChoice of(@Nullable String wish, BooleanSupplier engineAnswers) {
    return switch (wish) {
      case null -> engineAnswers.getAsBoolean() ? DOCKER : EMBEDDED;
      case "embedded" -> EMBEDDED;
      case "docker" -> {
        if (!engineAnswers.getAsBoolean()) {
          throw new IllegalStateException("dorsal.test.servers=docker, but no engine answers");
        }
        yield DOCKER;
      }
      default -> throw new IllegalArgumentException("dorsal.test.servers is embedded or docker");
    };
  }
}
