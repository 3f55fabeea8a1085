package io.dorsal.bench;

import io.dorsal.bench.figures.Report;
import io.dorsal.bench.store.StubFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./dorsal bench}: reports go to stdout, words for people to stderr. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Dorsal beside its ceilings on the same store in the same run.")
public final class BenchMain {

  @Option(
      names = "--json",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print the figures as JSON.")
  private boolean json;

  public static void main(String[] args) {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "content-length");
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = "Range reads of the stub store by a bare client.")
  int store(
      @Option(names = "--files", defaultValue = "20000") int files,
      @Option(names = "--runs", defaultValue = "3") int runs,
      @Option(names = "--seed", defaultValue = "1") long seed)
      throws IOException, InterruptedException {
    return print(StoreBench.run(StubFiles.of(seed, files, 0), runs));
  }

  @Command(
      name = "scan",
      mixinStandardHelpOptions = true,
      description = "First scans of the stub store, end to end, against a bare client.")
  int scan(
      @Option(names = "--files", defaultValue = "20000") int files,
      @Option(names = "--runs", defaultValue = "3") int runs,
      @Option(names = "--latency", defaultValue = "0", description = "Milliseconds per request.")
          int latency,
      @Option(names = "--in-flight", defaultValue = "64") int inFlight,
      @Option(names = "--seed", defaultValue = "1") long seed)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("dorsal-bench");
    try {
      var bench = new ScanBench(Path.of(System.getProperty("dorsal.home", ".")), directory);
      var plan = StubFiles.of(seed, files, 0);
      return print(bench.run(plan, runs, Duration.ofMillis(latency), inFlight));
    } finally {
      delete(directory);
    }
  }

  private int print(Report report) {
    System.out.println(
        json ? JsonMapper.shared().writeValueAsString(report.json()) : report.markdown());
    return 0;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
