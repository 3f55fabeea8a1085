package io.dorsal.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command lines of our own processes, without the arguments that depend on the stack.
 *
 * @param migration run to its end before anything uses the database; empty for none
 * @param serviceBus takes {@code --port}, {@code --data} and {@code --lock-duration}
 * @param functionsHost takes {@code --port}
 * @param worker takes everything from its environment
 */
public record Programs(
    List<String> migration,
    List<String> serviceBus,
    List<String> functionsHost,
    List<String> worker) {

  private static final String WORKER = "io.dorsal.jobs.WorkerApplication";

  /**
   * Of a worker's memory (decision 0028). G1's threads have no core of their own here. What a file
   * leaves behind is dead once its chunk is kept: where the survivors hold all chunks at work, next
   * to nothing of them grows old.
   */
  private static final List<String> WORKERS_MEMORY =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms176m",
          "-Xmn128m",
          "-XX:SurvivorRatio=3",
          "-XX:TargetSurvivorRatio=90",
          // Room that a whole collection adds for the old is filled by the young at once.
          "-XX:MinHeapFreeRatio=10",
          // Three whole collections of a start made room for classes alone.
          "-XX:MetaspaceSize=128m");

  /** A host that lives for minutes spends more on its second compiler than that one gives back. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  public Programs {
    migration = List.copyOf(migration);
    serviceBus = List.copyOf(serviceBus);
    functionsHost = List.copyOf(functionsHost);
    worker = List.copyOf(worker);
  }

  /**
   * What the build of this checkout made. Stand-in and host run on the class path of this process.
   */
  static Programs of(Path home) {
    String own = System.getProperty("java.class.path");
    Path jobs = home.resolve("batch-jobs/target");
    String jobsClassPath = jobs + "/classes:" + jobs + "/lib/*";
    List<String> migration = java(jobsClassPath, "256m", WORKER);
    migration.add("--migrate");
    List<String> host = java(own, "512m", "io.dorsal.local.host.FunctionsHostMain");
    host.add(1, QUICK_COMPILER);
    host.addAll(List.of("--app", packagedFunctions(home).toString()));
    List<String> worker = java(jobsClassPath, "256m", WORKER);
    worker.addAll(1, WORKERS_MEMORY);
    return new Programs(
        migration, java(own, "256m", "io.dorsal.local.servicebus.ServiceBusMain"), host, worker);
  }

  private static List<String> java(String classPath, String heap, String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            // A process that ran out of memory is in no state to go on; its supervisor starts
            // another.
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            main));
  }

  /** The Functions plugin names the directory after the app; there is one. */
  private static Path packagedFunctions(Path home) {
    Path parent = home.resolve("functions/target/azure-functions");
    if (Files.isDirectory(parent)) {
      try (Stream<Path> apps = Files.list(parent)) {
        return apps.filter(Files::isDirectory).findFirst().orElse(parent);
      } catch (IOException e) {
        return parent;
      }
    }
    return parent;
  }
}
