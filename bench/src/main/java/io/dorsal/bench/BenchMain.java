package io.dorsal.bench;

import io.dorsal.bench.figures.Machine;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Results;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./dorsal bench}: reports go to stdout, words for people to stderr. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Dorsal beside ceilings and peers on the same store in the same run.",
      "Keeps the last results in bench/RESULTS.md."
    })
public final class BenchMain {

  /** Whole copies of all files have to have room in memory, and the peers have to end one day. */
  private static final int MOST_BESIDE_PEERS = 5_000;

  @Option(
      names = "--json",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print the figures as JSON.")
  private boolean json;

  @Option(
      names = "--try",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Keep nothing: the figures of a busy machine are worth nothing.")
  private boolean trial;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchMain()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = "Range reads of a store by a bare client.")
  int store(@Mixin Choices choices) throws IOException, InterruptedException {
    return on(
        choices,
        0,
        (stack, store, files, scratch) ->
            StoreBench.run(store, files, choices.runs(), choices.inFlight()));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The listing of a container, against a bare client and rclone.")
  int list(@Mixin Choices choices) throws IOException, InterruptedException {
    return on(
        choices,
        0,
        (stack, store, files, scratch) ->
            new ListBench(store, files, scratch).run(stack, choices.runs()));
  }

  @Command(
      name = "scan",
      mixinStandardHelpOptions = true,
      description = "First scans, end to end, against a bare client.")
  int scan(
      @Mixin Choices choices,
      @Option(
              names = "--peers",
              description = "Beside one after another, and rclone with exiftool; few files.")
          boolean peers)
      throws IOException, InterruptedException {
    return on(
        choices,
        1,
        (stack, store, files, scratch) -> {
          var bench = new ScanBench(stack, store, files);
          return peers
              ? inMemory(m -> bench.besidePeers(choices.runs(), choices.inFlight(), scratch, m))
              : bench.run(choices.runs(), choices.inFlight());
        });
  }

  @Command(
      name = "rescan",
      mixinStandardHelpOptions = true,
      description = "Scans that find nothing changed, against first scans.")
  int rescan(@Mixin Choices choices) throws IOException, InterruptedException {
    return on(
        choices,
        1,
        (stack, store, files, scratch) ->
            new RescanBench(stack, store, files).run(choices.runs(), choices.inFlight()));
  }

  @Command(
      name = "metadata",
      mixinStandardHelpOptions = true,
      description = "Metadata of files in memory, against exiftool and exiv2.")
  int metadata(
      @Option(names = "--files", defaultValue = "5000") int files,
      @Option(names = "--runs", defaultValue = "3") int runs,
      @Option(names = "--seed", defaultValue = "1") long seed)
      throws IOException, InterruptedException {
    Report report =
        inMemory(
            memory -> {
              Path images = Files.createDirectory(memory.resolve("images"));
              return MetadataBench.of(StubFiles.of(seed, files, 0), images).run(runs, memory);
            });
    return print(report);
  }

  @Command(
      name = "queue",
      mixinStandardHelpOptions = true,
      description = "Rows into PostgreSQL, against COPY by psql.")
  int queue(@Mixin Choices choices) throws IOException, InterruptedException {
    return each(
        choices,
        0,
        (stack, store, files, scratch) ->
            new RowsBench(stack, store, files, scratch).run(choices.runs()));
  }

  @Command(
      name = "all",
      mixinStandardHelpOptions = true,
      description = "All of them, one after the other.")
  int all(@Mixin Choices choices) throws IOException, InterruptedException {
    int few = Math.min(choices.files(), MOST_BESIDE_PEERS);
    store(choices);
    list(choices);
    metadata(few, choices.runs(), 1);
    scan(choices, false);
    scan(choices.with(few), true);
    rescan(choices);
    return queue(choices);
  }

  /** A bench on a stack and a store. */
  private interface Work<T> {
    T run(BenchStack stack, BlobStore store, StubFiles files, Path scratch)
        throws IOException, InterruptedException;
  }

  private int on(Choices choices, int workers, Work<Report> work)
      throws IOException, InterruptedException {
    return each(
        choices,
        workers,
        (stack, store, files, scratch) -> List.of(work.run(stack, store, files, scratch)));
  }

  private int each(Choices choices, int workers, Work<List<Report>> work)
      throws IOException, InterruptedException {
    StubFiles files = choices.plan().files();
    Map<String, String> settings = ScanBench.settings(choices.inFlight());
    Path scratch = Files.createTempDirectory("dorsal-bench");
    try (BenchStack stack =
            BenchStack.start(StackDirectory.home(), scratch.resolve("stack"), workers, settings);
        BlobStore store = choices.open(stack, files, scratch)) {
      for (Report report : work.run(stack, store, files, scratch)) {
        print(report);
      }
      return 0;
    } finally {
      FileTrees.delete(scratch);
    }
  }

  /** A bench with a folder in memory. */
  private interface InMemory {
    Report run(Path folder) throws IOException, InterruptedException;
  }

  private static Report inMemory(InMemory work) throws IOException, InterruptedException {
    Path shared = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(shared)
            ? Files.createTempDirectory(shared, "dorsal-bench")
            : Files.createTempDirectory("dorsal-bench");
    try {
      return work.run(folder);
    } finally {
      FileTrees.delete(folder);
    }
  }

  private int print(Report report) throws IOException {
    System.out.println(
        json ? JsonMapper.shared().writeValueAsString(report.json()) : report.markdown());
    if (!trial) {
      Path home = StackDirectory.home();
      new Results(home.resolve("bench/RESULTS.md"), home.resolve(".dorsal/bench"))
          .keep(report, Machine.here(), LocalDate.now(ZoneOffset.UTC));
    }
    return 0;
  }
}
