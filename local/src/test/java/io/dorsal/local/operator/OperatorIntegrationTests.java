package io.dorsal.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.local.cli.DorsalMain;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.storage.FaultRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator's evening, on the real stack. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class OperatorIntegrationTests {

  private static final int FILES = 120;

  private static WrittenArchive archive;
  private static ApiStack stack;

  @BeforeAll
  static void write(ApiStack api) {
    stack = api;
    archive = api.archive(FILES);
  }

  @Test
  void anArchiveIsConnectedScannedAndLookedAt() {
    Map<String, String> me = tenant();
    String signature = signature(archive.sas());
    List<CommandRun> all = new ArrayList<>();
    all.add(
        CommandRun.of(
            me, archive.sas() + "\n", connect("Photos", "--container", archive.container())));
    all.add(
        CommandRun.of(
            me,
            "",
            "sources",
            "add",
            "All photos",
            "--connection",
            "photos",
            "--container",
            archive.container()));
    CommandRun scan = CommandRun.of(me, "", "scans", "start", "All photos", "--wait", "--json");
    all.add(scan);
    assertThat(scan.json().path("state").asString()).isEqualTo("COMPLETED");
    assertThat(scan.err()).contains("COMPLETED: ");
    all.add(CommandRun.of(me, "", "scans", "summary", "last"));
    CommandRun files = CommandRun.of(me, "", "scans", "files", "last", "--all");
    all.add(files);
    long listed = scan.json().at("/progress/listed").asLong();
    assertThat(files.out().lines()).hasSize((int) listed).allMatch(line -> line.contains("\t"));
    String file = files.out().substring(0, files.out().indexOf('\t'));
    all.add(CommandRun.of(me, "", "scans", "file", "last", file));
    all.add(CommandRun.of(me, "", "scans", "tree", "last", "--all"));
    CommandRun issues = CommandRun.of(me, "", "scans", "issues", "last", "--all");
    assertThat(issues.out().lines()).hasSize(scan.json().path("issues_count").asInt());
    all.add(issues);
    all.add(CommandRun.of(me, "", "connections", "list"));
    all.add(CommandRun.of(me, "", "connections", "show", "Photos", "--json"));
    all.add(CommandRun.of(me, "", "scans", "list", "--source", "All photos"));
    assertThat(all).allSatisfy(run -> assertThat(run.exit()).as(run.all()).isZero());
    assertThat(all).allSatisfy(run -> assertThat(run.all()).doesNotContain(signature));
  }

  @Test
  void aWrongSecretIsSavedSaidAndReplaced() {
    Map<String, String> me = tenant();
    String wrong = archive.sas().replaceFirst("sig=...", "sig=AAA");
    CommandRun made =
        CommandRun.of(me, wrong, connect("Photos", "--container", archive.container()));
    assertThat(made.exit()).isEqualTo(4);
    assertThat(made.err()).contains("FAIL ", "Fix: ");
    CommandRun mended =
        CommandRun.of(me, archive.sas(), "connections", "secret", "Photos", "--secret-stdin");
    assertThat(mended.exit()).as(mended.all()).isZero();
    CommandRun nonsense =
        CommandRun.of(me, "no secret at all", "connections", "secret", "Photos", "--secret-stdin");
    assertThat(nonsense.exit()).isEqualTo(1);
    assertThat(nonsense.err()).contains("SAS_MALFORMED", "Fix: ", "Trace id: ");
    assertThat(made.all() + mended.all() + nonsense.all())
        .doesNotContain(signature(wrong), signature(archive.sas()), "no secret at all");
  }

  @Test
  void aSourceIsScheduledPausedAndRemoved() {
    Map<String, String> me = tenant();
    String container = archive.container();
    CommandRun.of(me, archive.sas(), connect("Photos", "--container", container));
    CommandRun.of(
        me, "", "sources", "add", "S", "--connection", "Photos", "--container", container);
    CommandRun set =
        CommandRun.of(me, "", "sources", "schedule", "s", "--cron", "0 2 * * *", "--zone", "UTC");
    assertThat(set.exit()).as(set.all()).isZero();
    assertThat(set.out()).contains("cron\t0 2 * * *");
    CommandRun often = CommandRun.of(me, "", "sources", "schedule", "s", "--cron", "* * * * *");
    assertThat(often.exit()).isEqualTo(1);
    assertThat(often.err()).contains("SCHEDULE_TOO_FREQUENT");
    assertThat(CommandRun.of(me, "", "sources", "schedule", "s", "--runs").exit()).isZero();
    assertThat(CommandRun.of(me, "", "sources", "schedule", "s", "--remove").exit()).isZero();
    assertThat(CommandRun.of(me, "", "sources", "pause", "S").out()).contains("PAUSED");
    CommandRun paused = CommandRun.of(me, "", "scans", "start", "S");
    assertThat(paused.exit()).isEqualTo(1);
    assertThat(paused.err()).contains("SOURCE_PAUSED");
    assertThat(CommandRun.of(me, "", "sources", "resume", "S").out()).contains("ACTIVE");
    assertThat(CommandRun.of(me, "", "scans", "start", "S", "--wait").exit()).isZero();
    CommandRun log = CommandRun.of(me, "", "scans", "log", "last", "--all");
    assertThat(log.exit()).isZero();
    assertThat(log.out()).contains("COMPLETED");
    assertThat(CommandRun.of(me, "", "scans", "delete", "last").exit()).isEqualTo(2);
    assertThat(CommandRun.of(me, "", "scans", "delete", "last", "--yes").exit()).isZero();
    assertThat(CommandRun.of(me, "", "sources", "remove", "S", "--yes").exit()).isZero();
    assertThat(CommandRun.of(me, "", "sources", "list").out()).isEmpty();
  }

  @Test
  void aConnectionIsRenamedSwitchedOffAndDeleted() {
    Map<String, String> me = tenant();
    CommandRun.of(me, archive.sas(), connect("Photos", "--container", archive.container()));
    assertThat(CommandRun.of(me, "", "connections", "rename", "photos", "Haro").exit()).isZero();
    assertThat(CommandRun.of(me, "", "connections", "disable", "Haro").out()).contains("DISABLED");
    CommandRun off = CommandRun.of(me, "", "connections", "list", "--status", "disabled");
    assertThat(off.out()).contains("Haro").doesNotContain("Photos");
    assertThat(CommandRun.of(me, "", "connections", "enable", "Haro").exit()).isZero();
    assertThat(CommandRun.of(me, "", "connections", "delete", "Haro").exit()).isEqualTo(2);
    assertThat(CommandRun.of(me, "", "connections", "delete", "Haro", "--yes").exit()).isZero();
    assertThat(CommandRun.of(me, "", "connections", "list").out()).isEmpty();
  }

  @Test
  void aConnectionIsExaminedAndAScanIsAskedForItsPatterns() {
    Map<String, String> me = tenant();
    String container = archive.container();
    CommandRun.of(me, archive.sas(), connect("Photos", "--container", container));
    CommandRun doctor = CommandRun.of(me, "", "connections", "doctor", "Photos");
    assertThat(doctor.exit()).as(doctor.all()).isZero();
    assertThat(doctor.out()).contains("status\t", "list\tPASS");
    CommandRun reports = CommandRun.of(me, "", "connections", "doctor", "Photos", "--reports");
    assertThat(reports.out().lines()).hasSizeGreaterThanOrEqualTo(2);
    CommandRun calendar = CommandRun.of(me, "", "connections", "calendar");
    assertThat(calendar.exit()).as(calendar.all()).isZero();
    assertThat(calendar.out().lines()).singleElement().asString().contains("\tPhotos\t");
    assertThat(CommandRun.of(me, "", "connections", "calendar", "--days", "1").out()).isEmpty();
    CommandRun.of(
        me, "", "sources", "add", "S", "--connection", "Photos", "--container", container);
    assertThat(CommandRun.of(me, "", "scans", "start", "S", "--wait").exit()).isZero();
    CommandRun guard = CommandRun.of(me, "", "scans", "guard", "last", "CONFIRM");
    assertThat(guard.exit()).isEqualTo(1);
    assertThat(guard.err()).contains("SCAN_STATE", "Fix: ", "Trace id: ");
    CommandRun patterns =
        stack.await(
            "patterns of names",
            () -> {
              CommandRun run = CommandRun.of(me, "", "scans", "patterns", "last", "--json");
              return run.json().path("detected_at").isString() ? run : null;
            });
    assertThat(patterns.json().path("items")).isNotEmpty();
    assertThat(CommandRun.of(me, "", "scans", "patterns", "last").out()).contains("DATE\t");
  }

  @Test
  void aWrongIdIsRefusedByTheApi() {
    String nobody = "00000000-0000-0000-0000-000000000000";
    CommandRun run = CommandRun.of(tenant(), "", "scans", "watch", nobody);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("NOT_FOUND", "Fix: ", "Trace id: ");
  }

  /** As its own process, which finds the stack of DORSAL_DIRECTORY and makes its own token. */
  @Test
  void theProcessShowsNoSecretInItsArgumentsAndCtrlCLeavesTheScan() throws Exception {
    String signature = signature(archive.sas());
    String tenant = ApiStack.tenant();
    Process add = dorsal(tenant, connect("Photos", "--container", archive.container()));
    assertThat(commandLine(add)).contains("--secret-stdin").doesNotContain(signature);
    add.getOutputStream().write(archive.sas().getBytes(StandardCharsets.UTF_8));
    add.getOutputStream().close();
    assertThat(add.waitFor()).isZero();
    Map<String, String> me =
        Map.of(
            "DORSAL_API", stack.stack().api(), "DORSAL_TOKEN", stack.token(tenant, "TENANT_ADMIN"));
    String container = archive.container();
    CommandRun.of(
        me, "", "sources", "add", "S", "--connection", "Photos", "--container", container);
    var faults = stack.stack().gateway().faults();
    String reads = "GET /source/" + archive.container() + "/.";
    faults.add(new FaultRule(reads, null, "DELAY 2000", null));
    try {
      Process start = dorsal(tenant, "scans", "start", "S", "--wait");
      String seen = readUntil(start, "Inspecting");
      new ProcessBuilder("kill", "-INT", String.valueOf(start.pid())).start().waitFor();
      assertThat(start.waitFor(20, TimeUnit.SECONDS)).isTrue();
      seen += start.errorReader().lines().toList();
      assertThat(start.exitValue()).isEqualTo(130);
      assertThat(seen).contains("The scan goes on").doesNotContain(signature);
    } finally {
      faults.clear();
    }
    assertThat(CommandRun.of(me, "", "scans", "watch", "last").exit()).isZero();
  }

  private static String readUntil(Process process, String word) throws IOException {
    var reader = process.errorReader();
    StringBuilder seen = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(word)) {
        return seen.toString();
      }
    }
    throw new AssertionError("Never saw " + word + " in: " + seen);
  }

  private static String commandLine(Process process) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-ww", "-o", "args=", "-p", String.valueOf(process.pid())).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Process dorsal(String tenant, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // Whoever runs the tests in the background had them ignore Ctrl-C.
                "env",
                "--default-signal=INT",
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DorsalMain.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("DORSAL_API");
    builder.environment().put("DORSAL_DIRECTORY", stack.stack().directory().root().toString());
    builder.environment().put("DORSAL_TENANT", tenant);
    return builder.start();
  }

  private static String[] connect(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "connections",
                "add",
                name,
                "--secret-stdin",
                "--account",
                archive.account_name(),
                "--endpoint",
                archive.blob_endpoint()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static Map<String, String> tenant() {
    return Map.of(
        "DORSAL_API",
        stack.stack().api(),
        "DORSAL_TOKEN",
        stack.token(ApiStack.tenant(), "TENANT_ADMIN"));
  }

  private static String signature(String sas) {
    return sas.replaceFirst(".*sig=([^&]*).*", "$1");
  }
}
