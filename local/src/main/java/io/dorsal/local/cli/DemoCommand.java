package io.dorsal.local.cli;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.LedgerComparison;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole journey in one command. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an archive, scans it and compares the database with the archive's ledger.",
      "Uses the running stack, or starts one and ends it again. Exit code 0 only if all agrees."
    })
final class DemoCommand implements Callable<Integer> {

  /** What the demo found out; member names are those of the JSON report. */
  record Report(
      boolean agrees,
      String state,
      LedgerComparison ledger,
      String scan_id,
      String container,
      double write_seconds,
      double scan_seconds,
      double files_per_second,
      Map<String, Object> scan_progress) {}

  @Option(names = "--files", description = "How many files, default ${DEFAULT-VALUE}.")
  private int files = 5_000;

  @Option(names = "--seed", description = "Of the archive, default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--workers", description = "If it starts the stack, default ${DEFAULT-VALUE}.")
  private int workers = 1;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Optional<StackState> running = Here.find();
    if (running.isPresent()) {
      return run(Here.running());
    }
    StackHook hook = StackHook.install(Thread.currentThread());
    try (LocalStack stack = LocalStack.start(Here.options(workers), Terminal::say)) {
      return run(StackState.read(stack.directory()).orElseThrow());
    } finally {
      hook.done();
    }
  }

  private int run(StackState state) throws IOException, InterruptedException, SQLException {
    String container = "demo-" + Instant.now().toEpochMilli();
    Instant start = Instant.now();
    WrittenArchive archive = write(state, container);
    Instant written = Instant.now();
    DemoScan.Result scan = scan(state, archive);
    Instant scanned = Instant.now();
    Terminal.say("Comparing the database with the ledger");
    LedgerComparison ledger =
        LedgerComparison.of(Path.of(archive.ledger()), state.postgres(), scan.source());
    double seconds = seconds(written, scanned);
    Report report =
        new Report(
            ledger.agrees() && scan.state().equals("COMPLETED"),
            scan.state(),
            ledger,
            scan.scan().toString(),
            container,
            seconds(start, written),
            seconds,
            files / seconds,
            DemoReport.values(scan.progress()));
    if (json) {
      Terminal.json(report);
    } else {
      DemoReport.print(report);
    }
    return report.agrees() ? 0 : 1;
  }

  private WrittenArchive write(StackState state, String container)
      throws IOException, InterruptedException {
    try (Progress progress = Terminal.progress("Writing the archive", "files", files)) {
      return WrittenArchive.write(
          Here.containers(state),
          container,
          "",
          DemoArchive.plan(seed, files),
          Here.directory().ledgers(),
          progress::at);
    }
  }

  private DemoScan.Result scan(StackState state, WrittenArchive archive)
      throws IOException, InterruptedException {
    String token = Here.token(state, "demo", "TENANT_ADMIN");
    try (Progress progress = Terminal.progress("Scanning", "files", files)) {
      return DemoScan.run(
          state.api(),
          token,
          archive,
          (phase, listed, inspected, toInspect) ->
              progress.at(phase.equals("COMPLETED") ? files : Math.min(files, inspected)));
    }
  }

  private static double seconds(Instant from, Instant to) {
    double exact = Duration.between(from, to).toMillis() / 1000.0;
    return Double.parseDouble(String.format(Locale.ROOT, "%.1f", Math.max(0.1, exact)));
  }
}
