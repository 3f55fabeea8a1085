package io.dorsal.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Children of a JVM that is really killed. */
@SuppressWarnings("NullAway.Init")
class LifelineTests {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"KILL", "TERM"})
  void childrenEndWithTheProcessThatStartedThem(Signal signal) throws Exception {
    Process bystander = new ProcessBuilder("sleep", "600").start();
    Process owner = owner(directory);
    try {
      List<ProcessHandle> children = children(owner);
      assertThat(children).hasSize(3).allMatch(ProcessHandle::isAlive);
      Signal.STOP.sendTo(children.getFirst().pid());
      signal.sendTo(owner.pid());
      for (ProcessHandle child : children) {
        child.onExit().get(60, TimeUnit.SECONDS);
      }
      assertThat(owner.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      owner.destroyForcibly();
      bystander.destroyForcibly();
    }
  }

  private static Process owner(Path directory) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx32m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<ProcessHandle> children(Process owner) throws IOException {
    List<ProcessHandle> children = new ArrayList<>();
    var reader = owner.inputReader();
    for (int i = 0; i < 3; i++) {
      children.add(ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow());
    }
    return children;
  }

  /** Supervises three processes, says their ids and does nothing else. */
  static final class Owner {
    private Owner() {}

    static void main(String[] arguments) throws InterruptedException {
      Path directory = Path.of(arguments[0]);
      for (int i = 0; i < 3; i++) {
        String name = "sleeper-" + i;
        Path log = directory.resolve(name + ".log");
        var spec = ProcessSpec.of(name, List.of("sleep", "600"), directory, log);
        var process = new SupervisedProcess(spec, () -> {});
        process.start();
        System.out.println(process.pid().orElseThrow());
      }
      Thread.sleep(Duration.ofMinutes(10));
    }
  }
}
