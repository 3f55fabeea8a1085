package io.dorsal.bench;

import io.dorsal.bench.figures.Machine;
import io.dorsal.bench.figures.Report;
import io.dorsal.bench.figures.Results;
import io.dorsal.bench.store.BlobStore;
import io.dorsal.bench.store.StubFiles;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens what is measured, and prints and keeps the reports.
 *
 * @param json whether figures are printed as JSON
 * @param trial whether nothing is kept
 */
record Bench(boolean json, boolean trial) {

  /** What is done with a stack and a store. */
  interface Work<T> {
    T run(BenchStack stack, BlobStore store, StubFiles files, Path scratch)
        throws IOException, InterruptedException;
  }

  /** A bench that needs a stack, a store and its files. */
  interface OfStack {
    Report run(int runs, int inFlight) throws IOException, InterruptedException;

    /** Makes one. */
    interface Maker {
      OfStack of(BenchStack stack, BlobStore store, StubFiles files);
    }
  }

  /** What is done with a folder. */
  interface InFolder<T> {
    T run(Path folder) throws IOException, InterruptedException;
  }

  /** One report of a stack with so many workers. */
  int on(Choices choices, int workers, Work<Report> work) throws IOException, InterruptedException {
    return print(with(choices, options -> options.withWorkers(workers), work));
  }

  /** One report of such a bench. */
  int of(Choices choices, UnaryOperator<StackOptions> options, OfStack.Maker maker)
      throws IOException, InterruptedException {
    return print(
        with(
            choices,
            options,
            (stack, store, files, scratch) ->
                maker.of(stack, store, files).run(choices.runs(), choices.inFlight())));
  }

  /** Opens a stack and a store, and closes them when the work is done. */
  static <T> T with(Choices choices, UnaryOperator<StackOptions> options, Work<T> work)
      throws IOException, InterruptedException {
    StubFiles files = choices.plan().files();
    Path scratch = Files.createTempDirectory("dorsal-bench");
    try (BenchStack stack = stack(choices, scratch.resolve("stack"), options);
        BlobStore store = choices.open(stack, files, scratch)) {
      return work.run(stack, store, files, scratch);
    } finally {
      FileTrees.delete(scratch);
    }
  }

  /** A stack whose workers make as many reads at once as is chosen. */
  static BenchStack stack(Choices choices, Path directory, UnaryOperator<StackOptions> options)
      throws IOException, InterruptedException {
    StackOptions plain =
        StackOptions.in(StackDirectory.home(), directory)
            .withSettings(ScanBench.settings(choices.inFlight()));
    return BenchStack.start(options.apply(plain));
  }

  /** Has a folder in memory, where the system has such. */
  static <T> T inMemory(InFolder<T> work) throws IOException, InterruptedException {
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

  /** Prints and keeps a report. */
  int print(Report report) throws IOException {
    return printAll(List.of(report));
  }

  /** Prints and keeps reports. */
  int printAll(List<Report> reports) throws IOException {
    for (Report report : reports) {
      System.out.println(
          json ? JsonMapper.shared().writeValueAsString(report.json()) : report.markdown());
      if (!trial) {
        Path home = StackDirectory.home();
        new Results(home.resolve("bench/RESULTS.md"), home.resolve(".dorsal/bench"))
            .keep(report, Machine.here(), LocalDate.now(ZoneOffset.UTC));
      }
    }
    return 0;
  }
}
