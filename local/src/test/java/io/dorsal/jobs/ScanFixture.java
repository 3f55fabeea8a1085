package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.jobs.ApiCalls.Answer;
import io.dorsal.local.ServersForTests;
import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.demo.LedgerComparison;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.process.FileTrees;
import io.dorsal.local.process.SupervisedProcess;
import io.dorsal.local.stack.LocalStack;
import io.dorsal.local.stack.StackOptions;
import io.dorsal.local.storage.FaultRule;
import io.dorsal.local.storage.RequestLog;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A running stack, and scans on it as their owner and their operator see them. */
final class ScanFixture implements AutoCloseable {

  /** Longer than anything takes on a busy machine; only a failure waits so long. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LocalStack stack;
  private final ApiCalls api;
  private final DatabaseRows rows;
  private int connections;

  private ScanFixture(LocalStack stack) {
    this.stack = stack;
    this.api = new ApiCalls(stack.api(), stack.token("scenarios", "TENANT_ADMIN"));
    this.rows = new DatabaseRows(stack.jdbcUrl());
  }

  /** A stack that notices the death of a worker within seconds. */
  static ScanFixture startImpatient() throws IOException, InterruptedException {
    var leases = Map.of("DORSAL_HEARTBEAT", "1s", "DORSAL_STALE_AFTER", "8s");
    return start(options -> options.withSettings(leases).withLockDuration(Duration.ofSeconds(10)));
  }

  /** Starts a stack of its own with one worker, which closing removes with all it wrote. */
  static ScanFixture start(UnaryOperator<StackOptions> changed)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("dorsal-scan");
    try {
      StackOptions options = ServersForTests.stack(directory);
      return new ScanFixture(LocalStack.start(changed.apply(options), step -> {}));
    } catch (IOException | InterruptedException | RuntimeException e) {
      FileTrees.delete(directory);
      throw e;
    }
  }

  LocalStack stack() {
    return stack;
  }

  ApiCalls api() {
    return api;
  }

  DatabaseRows rows() {
    return rows;
  }

  /** Ends what a test before left behind: faults, scans, workers beside the first. */
  void tidy() throws Exception {
    stack.gateway().faults().clear();
    var active = "select id, state from scan where state in ('REQUESTED','LISTING','INSPECTING')";
    for (String scan : rows.pairs(active).keySet()) {
      api.post("/scans/" + scan + "/cancel", Map.of());
    }
    workers().skip(1).forEach(SupervisedProcess::close);
    stack.startWorker("worker-1");
  }

  private Stream<SupervisedProcess> workers() {
    return stack.processes().stream().filter(process -> process.name().startsWith("worker-"));
  }

  /** Writes an archive of small files into a container of its own and registers it. */
  Archive archive(String container, int files) throws Exception {
    return connect(write(container, DemoArchive.light(19, files)), Duration.ofDays(1));
  }

  WrittenArchive write(String container, DemoArchive archive)
      throws IOException, InterruptedException {
    return WrittenArchive.write(
        stack.containers(), container, "", archive, stack.directory().ledgers(), done -> {});
  }

  /**
   * Registers an archive with a SAS of its own.
   *
   * @param life of the SAS
   */
  Archive connect(WrittenArchive written, Duration life) throws Exception {
    return connect(written, sas(written, life));
  }

  /** Registers an archive with this SAS. */
  Archive connect(WrittenArchive written, String sas) throws Exception {
    String name = written.container() + " " + ++connections;
    Map<String, Object> connection =
        Map.of(
            "name",
            name,
            "kind",
            "AZURE_BLOB",
            "account_name",
            written.account_name(),
            "blob_endpoint",
            written.blob_endpoint(),
            "auth_type",
            "SAS_TOKEN",
            "secret",
            sas,
            "containers",
            List.of(written.container()));
    UUID made = accepted(api.post("/connections", connection)).id();
    Map<String, Object> source =
        Map.of("connection_id", made, "name", name, "container", written.container());
    return Archive.of(written, name, made, accepted(api.post("/sources", source)).id());
  }

  String sas(WrittenArchive written, Duration life) {
    return stack.containers().readSas(written.account_name(), written.container(), life);
  }

  /** Requests a scan that reads every file anew. */
  UUID scan(Archive archive) throws Exception {
    var request = Map.of("source_id", archive.source(), "mode", "FULL");
    Answer answer = api.post("/scans", request);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    return answer.id();
  }

  static Answer accepted(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 299);
    return answer;
  }

  JsonNode get(UUID scan) throws Exception {
    return accepted(api.get("/scans/" + scan)).body();
  }

  String state(UUID scan) throws Exception {
    return get(scan).path("state").asString();
  }

  /**
   * Polls until the scan is in the state.
   *
   * @throws AssertionError when it comes to rest in another, or not in time
   */
  JsonNode awaitState(UUID scan, String wanted) throws Exception {
    await(
        "scan " + wanted,
        () -> {
          JsonNode now = get(scan);
          String state = now.path("state").asString();
          if (!state.equals(wanted)) {
            assertThat(state).as("%s", now).isIn("REQUESTED", "LISTING", "INSPECTING");
          }
          return state.equals(wanted);
        });
    return get(scan);
  }

  /** Waits in the database, so that no client asks for the scan, until so many are committed. */
  void awaitInspected(UUID scan, long files) throws Exception {
    await(files + " inspected", () -> rows.inspected(scan) >= files);
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, PATIENCE, condition);
  }

  static void await(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("%s within %s", what, patience).isLessThan(end);
      Thread.sleep(100);
    }
  }

  /** From now on, until faults are cleared. */
  void fault(String match, String action) {
    stack.gateway().faults().add(new FaultRule(match, null, action, null));
  }

  void clearFaults() {
    stack.gateway().faults().clear();
  }

  /** Where the gateway's log is now. */
  long mark() {
    return stack.gateway().log().since(Long.MAX_VALUE).next();
  }

  /** How many requests a rule has acted on, rules counted from 0 since they were cleared. */
  long acted(int rule) {
    return stack.gateway().faults().states().get(rule).acted();
  }

  /** The answered reads of a file, or of all with the empty path, since a mark. */
  List<RequestLog.Entry> reads(Archive archive, String path, long mark) {
    String blob = blob(archive, path);
    var log = stack.gateway().log().since(mark);
    assertThat(log.forgotten()).isZero();
    return log.entries().stream()
        .filter(entry -> entry.method().equals("GET") && entry.status() / 100 == 2)
        .filter(entry -> path.isEmpty() || decoded(entry.path()).equals(blob))
        .filter(entry -> entry.path().startsWith(blob(archive, "")))
        .toList();
  }

  /** How often each file was begun to be read since a mark. */
  Map<String, Long> begun(Archive archive, long mark) {
    int prefix = blob(archive, "").length();
    return reads(archive, "", mark).stream()
        .filter(entry -> String.valueOf(entry.range()).startsWith("bytes=0-"))
        .collect(
            Collectors.groupingBy(
                entry -> decoded(entry.path()).substring(prefix), Collectors.counting()));
  }

  /** Files begun more than once. */
  long readTwice(Archive archive, long mark) {
    return begun(archive, mark).values().stream().filter(times -> times > 1).count();
  }

  private static String blob(Archive archive, String path) {
    var written = archive.written();
    return "/" + written.account_name() + "/" + written.container() + "/" + path;
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The scan's lines of all workers' logs by time. */
  List<ProgressLine> progressLines(UUID scan) throws IOException {
    List<ProgressLine> lines = new ArrayList<>();
    for (SupervisedProcess worker : workers().toList()) {
      lines.addAll(progressLines(scan, worker));
    }
    // Two commits within one millisecond tell nothing about their order.
    lines.sort(Comparator.comparing(ProgressLine::at).thenComparingLong(ProgressLine::done));
    return lines;
  }

  private static List<ProgressLine> progressLines(UUID scan, SupervisedProcess worker)
      throws IOException {
    return Files.readAllLines(worker.log()).stream()
        .flatMap(line -> ProgressLine.parse(line).stream())
        .filter(line -> line.scan().equals(scan))
        .toList();
  }

  /** The workers that committed chunks of the scan. */
  List<String> workersOf(UUID scan) throws IOException {
    List<String> names = new ArrayList<>();
    for (SupervisedProcess worker : workers().toList()) {
      if (!progressLines(scan, worker).isEmpty()) {
        names.add(worker.name());
      }
    }
    return names;
  }

  /** Every file of the ledger is there once with the right values, and all counters say so. */
  void assertExact(Archive archive, UUID scan) throws Exception {
    JsonNode answer = get(scan);
    assertThat(answer.path("state").asString()).isEqualTo("COMPLETED");
    JsonNode progress = answer.path("progress");
    assertThat(progress.path("to_inspect").asLong()).isEqualTo(archive.inspectable());
    assertThat(progress.path("inspected").asLong()).isEqualTo(archive.inspectable());
    assertThat(progress.path("unreadable").asLong()).isEqualTo(archive.unreadable());
    assertThat(progress.path("partitions_total").asLong()).isEqualTo(archive.partitions());
    assertThat(progress.path("partitions_done").asLong()).isEqualTo(archive.partitions());
    assertThat(rows.committed(scan)).hasSize(Math.toIntExact(archive.inspectable()));
    LedgerComparison ledger =
        LedgerComparison.of(Path.of(archive.written().ledger()), stack.jdbcUrl(), archive.source());
    assertThat(ledger.agrees()).as("%s", ledger).isTrue();
    assertAtRest(scan);
  }

  /**
   * Nobody works on the scan, and nothing says that somebody does. A scan's state comes to rest a
   * moment before its lease; a lease that nobody gives back lasts far longer than this waits.
   */
  void assertAtRest(UUID scan) throws Exception {
    await("no lease held", Duration.ofSeconds(5), () -> rows.held(scan) == 0);
    assertThat(rows.unfinishedJobs(scan)).as("jobs running").isZero();
  }

  @Override
  public void close() throws IOException {
    api.close();
    stack.close();
    FileTrees.delete(stack.directory().root());
  }
}
