package io.dorsal.bench;

import io.dorsal.bench.store.StubFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  private Bench bench() {
    return new Bench(json, trial);
  }

  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = "Range reads of a store by a bare client.")
  int store(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench()
        .on(
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
    return bench()
        .on(
            choices,
            0,
            (stack, store, files, scratch) ->
                new ListBench(store, files, scratch).run(stack, choices.runs()));
  }

  @Command(
      name = "head",
      mixinStandardHelpOptions = true,
      description = "First ranges of 64, 128 and 256 KiB, against a bare client.")
  int head(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().of(choices, options -> options.withWorkers(0), HeadBench::new);
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
    return bench()
        .on(
            choices,
            1,
            (stack, store, files, scratch) -> {
              var scans = new ScanBench(stack, store, files);
              return peers
                  ? Bench.inMemory(
                      m -> scans.besidePeers(choices.runs(), choices.inFlight(), scratch, m))
                  : scans.run(choices.runs(), choices.inFlight());
            });
  }

  @Command(
      name = "batch",
      mixinStandardHelpOptions = true,
      description = "Spring Batch with nothing to do, beside first scans.")
  int batch(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().of(choices, options -> options.withWorkers(1), BatchBench::new);
  }

  @Command(
      name = "rescan",
      mixinStandardHelpOptions = true,
      description = "Scans that find nothing changed, against first scans.")
  int rescan(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().of(choices, options -> options.withWorkers(1), RescanBench::new);
  }

  @Command(
      name = "tree",
      mixinStandardHelpOptions = true,
      description = "The folders of a scan over HTTP, against a call that shows one row.")
  int tree(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().of(choices, options -> options.withWorkers(1), TreeBench::new);
  }

  @Command(
      name = "workers",
      mixinStandardHelpOptions = true,
      description = "First scans by two workers against one, with as many reads each.")
  int workers(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench()
        .on(
            choices,
            1,
            (one, store, files, scratch) -> {
              try (BenchStack two =
                  Bench.stack(choices, scratch.resolve("two"), options -> options.withWorkers(2))) {
                return new WorkersBench(one, two, store, files)
                    .run(choices.runs(), choices.inFlight());
              }
            });
  }

  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description = "From a worker's start after kill -9 to its first file, against its start.")
  int restart(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().of(choices, RestartBench::shortLocks, RestartBench::new);
  }

  @Command(
      name = "memory",
      mixinStandardHelpOptions = true,
      description = "Peak RSS of a new worker in a scan of so many files, against 10,000.")
  int memory(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench().print(MemoryBench.run(choices));
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
    return bench()
        .print(
            Bench.inMemory(
                memory -> {
                  Path images = Files.createDirectory(memory.resolve("images"));
                  return MetadataBench.of(StubFiles.of(seed, files, 0), images).run(runs, memory);
                }));
  }

  @Command(
      name = "queue",
      mixinStandardHelpOptions = true,
      description = "Rows into PostgreSQL, against COPY by psql.")
  int queue(@Mixin Choices choices) throws IOException, InterruptedException {
    return bench()
        .printAll(
            Bench.with(
                choices,
                options -> options.withWorkers(0),
                (stack, store, files, scratch) ->
                    new RowsBench(stack, store, files, scratch).run(choices.runs())));
  }

  @Command(
      name = "all",
      mixinStandardHelpOptions = true,
      description = "All of them, one after the other.")
  int all(@Mixin Choices choices) throws IOException, InterruptedException {
    Choices few = choices.with(Math.min(choices.files(), MOST_BESIDE_PEERS));
    store(choices);
    list(choices);
    head(choices);
    metadata(few.files(), choices.runs(), 1);
    scan(choices, false);
    scan(few, true);
    batch(choices);
    rescan(choices);
    tree(choices);
    workers(choices);
    restart(choices);
    memory(choices);
    return queue(choices);
  }
}
