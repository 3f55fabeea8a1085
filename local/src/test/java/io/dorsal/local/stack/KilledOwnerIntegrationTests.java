package io.dorsal.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.process.ProcessIdentity;
import io.dorsal.local.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole stack whose JVM is really killed. */
@SuppressWarnings("NullAway.Init")
class KilledOwnerIntegrationTests {

  @TempDir private Path directory;

  @Test
  void allPartsOfAStackEndWithTheJvmThatStartedIt() throws Exception {
    Process owner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(owner.inputReader().readLine()).isEqualTo("running");
      StackState state = StackState.read(new StackDirectory(directory)).orElseThrow();
      assertThat(state.processes())
          .extracting(StackState.Part::name)
          .containsExactly("postgres", "azurite", "servicebus", "edge", "functions", "worker-1");
      List<ProcessHandle> parts =
          state.processes().stream()
              .map(StackState.Part::process)
              .map(part -> Optional.ofNullable(part).flatMap(ProcessIdentity::find).orElseThrow())
              .toList();
      Signal.KILL.sendTo(owner.pid());
      for (ProcessHandle part : parts) {
        part.onExit().get(60, TimeUnit.SECONDS);
      }
      assertThat(owner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      owner.destroyForcibly();
    }
  }

  /** Starts the stack, says so and does nothing else. */
  static final class Owner {
    private Owner() {}

    static void main(String[] arguments) throws Exception {
      StackOptions options =
          StackOptions.in(StackDirectory.home(), Path.of(arguments[0]))
              .withPrograms(StandIn.programs())
              .withEdge();
      try (LocalStack stack = LocalStack.start(options, line -> System.err.println(line))) {
        System.out.println("running");
        Thread.sleep(Duration.ofMinutes(10));
        stack.containers();
      }
    }
  }
}
