package io.dorsal.jobs;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.DemoScan;
import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackDirectory;
import io.dorsal.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stack with two workers, short leases and one archive, which every tenant can have scanned from
 * its beginning.
 */
final class ScannedArchive implements AutoCloseable {

  private static final Duration LOCK = Duration.ofSeconds(10);
  private static final Map<String, String> SHORT_LEASES =
      Map.of("DORSAL_STALE_AFTER", "6s", "DORSAL_HEARTBEAT", "1s");
  private static final Duration SETTLING = Duration.ofSeconds(90);

  private final LocalStack stack;
  private final WrittenArchive archive;
  private final Rows rows;
  private final ScanAudit audit;
  private int tenants;

  private ScannedArchive(LocalStack stack, WrittenArchive archive) {
    this.stack = stack;
    this.archive = archive;
    this.rows = new Rows(stack.jdbcUrl());
    this.audit = new ScanAudit(stack, archive);
  }

  static ScannedArchive start(Path directory, int files) throws IOException, InterruptedException {
    var options =
        StackOptions.in(StackDirectory.home(), directory)
            .withWorkers(2)
            .withLockDuration(LOCK)
            .withSettings(SHORT_LEASES);
    LocalStack stack = LocalStack.start(options, step -> {});
    try {
      var archive =
          WrittenArchive.write(
              stack.containers(),
              "crash",
              "",
              DemoArchive.plan(11, files),
              directory.resolve("ledgers"),
              written -> {});
      return new ScannedArchive(stack, archive);
    } catch (IOException | InterruptedException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  LocalStack stack() {
    return stack;
  }

  Rows rows() {
    return rows;
  }

  ScanAudit audit() {
    return audit;
  }

  /** Has the whole archive scanned by a tenant of its own, to whom every file is new. */
  Requested request() throws IOException, InterruptedException {
    tenants++;
    return DemoScan.request(stack.api(), stack.token("crash-" + tenants, "TENANT_ADMIN"), archive);
  }

  boolean completed(Requested scanned) throws InterruptedException {
    return rows.of("select state from scan where id = ?", scanned.scan())
        .equals(List.of("{state=COMPLETED}"));
  }

  /** The workers that hold something of the scan, by their names. */
  List<String> holders(Requested scanned) throws InterruptedException {
    return rows
        .of(
            """
            select distinct split_part(holder, '/', 1) as name from lease
            where subject = ? and holder is not null order by name
            """,
            scanned.scan())
        .stream()
        .map(row -> row.substring("{name=".length(), row.length() - 1))
        .toList();
  }

  /** Waits until so many files are inspected, or all. */
  void awaitInspected(Requested scanned, int files, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (rows.number("select inspected from scan_progress where scan_id = ?", scanned.scan())
            < files
        && !completed(scanned)
        && System.nanoTime() < end) {
      Thread.sleep(50);
    }
  }

  /** Waits for the scan's end; returns the state it then is in. */
  String awaitEnd(Requested scanned, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    String state;
    do {
      Thread.sleep(200);
      state = rows.of("select state from scan where id = ?", scanned.scan()).getFirst();
    } while (!state.matches(".state=(COMPLETED|FAILED|CANCELED).") && System.nanoTime() < end);
    return state;
  }

  /** Waits until nothing is left of the work on it; returns what is left in the end. */
  List<String> awaitSettled(Requested scanned) throws InterruptedException {
    long end = System.nanoTime() + SETTLING.toNanos();
    List<String> left = audit.leftovers(scanned.scan());
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(300);
      left = audit.leftovers(scanned.scan());
    }
    return left;
  }

  /** Every row that belongs to a scan, with the transaction that wrote it, in a fixed order. */
  List<String> allRows(Requested scanned) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (String table : List.of("found_file", "file_inspection")) {
      all.addAll(rowsOf(table, "source_id = ?", scanned.source()));
    }
    for (String table : List.of("scan_progress", "scan_partition", "scan_item", "scan_folder")) {
      all.addAll(rowsOf(table, "scan_id = ?", scanned.scan()));
    }
    all.addAll(rowsOf("scan", "id = ?", scanned.scan()));
    all.addAll(rowsOf("lease", "subject = ?", scanned.scan()));
    String ofScan =
        "job_execution_id in (select job_execution_id from batch.batch_job_execution_params"
            + " where parameter_name = 'scan' and parameter_value = ?)";
    for (String table : List.of("job_execution", "step_execution", "job_execution_context")) {
      all.addAll(rowsOf("batch.batch_" + table, ofScan, scanned.scan().toString()));
    }
    all.addAll(
        rowsOf(
            "batch.batch_step_execution_context",
            "step_execution_id in (select step_execution_id from batch.batch_step_execution where "
                + ofScan
                + ")",
            scanned.scan().toString()));
    return all.stream().sorted().toList();
  }

  private List<String> rowsOf(String table, String condition, Object parameter)
      throws InterruptedException {
    return rows.of(
        "select '%s' as at, t.xmin, t::text as row from %s t where %s"
            .formatted(table, table, condition),
        parameter);
  }

  FirstReads readsSince(long mark) {
    return FirstReads.since(stack.gateway(), mark, archive.container());
  }

  long requestsSoFar() {
    return stack.gateway().log().since(Long.MAX_VALUE).next();
  }

  @Override
  public void close() throws IOException {
    stack.close();
  }
}
