package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** Scans: started, watched, ended, and what they found. */
@Command(
    name = "scans",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Scans sources, and shows what was found.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done; where a scan was watched, it is COMPLETED",
      "1:the API refused; what to do is on stderr",
      "2:wrong arguments; nothing was sent",
      "3:nothing answers; a running scan goes on",
      "4:the watched scan is FAILED, CANCELED or PAUSED_AUTH"
    },
    subcommands = {
      ScanSummaryCommand.class,
      ScanTreeCommand.class,
      ScanFilesCommand.class,
      ScanFileCommand.class,
      ScanIssuesCommand.class,
      ScanLogCommand.class,
      ScanPatternsCommand.class,
      ScanSpreadsheetsCommand.class,
      ScanFormatsCommand.class
    })
public final class ScansCommand {

  static final String SCAN = "Its id, or the word last.";

  /** How long a watcher waits for an API that is away. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Command(
      name = "start",
      description = "Asks for a scan; an active one of the same source refuses it.",
      footer = {
        "Examples:",
        "  dorsal scans start \"All photos\" --wait",
        "  dorsal scans start \"All photos\" --prefix 2024/ --exclude \"**/rejected/**\""
      })
  int start(
      @Mixin Call call,
      @Parameters(paramLabel = "SOURCE", description = SourcesCommand.SOURCE) String source,
      @Mixin ScanForm form,
      @Option(names = "--wait", description = "Watch it to its end.") boolean wait)
      throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      String id = new Lookup(api).source(source).id();
      JsonNode scan = api.post("/scans", form.body(id)).body();
      if (wait) {
        return watched(api, call, scan.path("id").asString(""));
      }
      ScanReport.show(screen, scan);
      screen.say("Watch it: dorsal scans watch " + scan.path("id").asString(""));
      return ExitCodes.DONE;
    }
  }

  @Command(
      name = "watch",
      description = {
        "Shows a scan's progress until it comes to rest. Ctrl-C ends the watching, not the scan."
      },
      footer = {"Example:", "  dorsal scans watch last"})
  int watch(@Mixin Call call, @Parameters(paramLabel = "SCAN", description = SCAN) String scan)
      throws InterruptedException {
    try (Api api = call.api()) {
      return watched(api, call, new Lookup(api).scan(scan));
    }
  }

  @Command(name = "list", description = "Lists the scans, the newest first.")
  int list(
      @Mixin Call call,
      @Mixin Paging paging,
      @Option(names = "--source", description = "Only of this source: id or name.")
          @Nullable String source,
      @Option(names = "--state", description = "Only in this state, e.g. FAILED.")
          @Nullable String state,
      @Option(names = "--trigger", description = "Only MANUAL, SCHEDULE, EVENT or RERUN.")
          @Nullable String trigger)
      throws InterruptedException {
    try (Api api = call.api()) {
      Map<String, @Nullable String> query = new LinkedHashMap<>();
      query.put("source_id", source == null ? null : new Lookup(api).source(source).id());
      query.put("state", state == null ? null : state.toUpperCase(Locale.ROOT));
      query.put("trigger", trigger == null ? null : trigger.toUpperCase(Locale.ROOT));
      String path = Api.path("/scans", query);
      paging.list(api, call.screen(), path, Paging.RECORDS, ScanReport.LIST);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "show", description = "Shows a scan: its state, its progress, what stops it.")
  int show(@Mixin Call call, @Parameters(paramLabel = "SCAN", description = SCAN) String scan)
      throws InterruptedException {
    try (Api api = call.api()) {
      String id = new Lookup(api).scan(scan);
      ScanReport.show(call.screen(), api.get("/scans/" + id).body());
      return ExitCodes.DONE;
    }
  }

  @Command(name = "cancel", description = "Ends a scan; what it has read stays.")
  int cancel(@Mixin Call call, @Parameters(paramLabel = "SCAN", description = SCAN) String scan)
      throws InterruptedException {
    return act(call, scan, "cancel");
  }

  @Command(name = "resume", description = "Lets a paused or failed scan go on where it was.")
  int resume(@Mixin Call call, @Parameters(paramLabel = "SCAN", description = SCAN) String scan)
      throws InterruptedException {
    return act(call, scan, "resume");
  }

  /** What may be said about files that were not found any more. */
  enum Decision {
    CONFIRM,
    DISMISS
  }

  @Command(
      name = "guard",
      description = {
        "Decides about a scan that missed most files: CONFIRM marks them as missing, DISMISS does",
        "not."
      })
  int guard(
      @Mixin Call call,
      @Parameters(index = "0", paramLabel = "SCAN", description = SCAN) String scan,
      @Parameters(index = "1", paramLabel = "DECISION", description = "${COMPLETION-CANDIDATES}")
          Decision decision)
      throws InterruptedException {
    try (Api api = call.api()) {
      String path = "/scans/" + new Lookup(api).scan(scan) + "/guard";
      JsonNode now = api.postOnce(path, Map.of("decision", decision.name())).body();
      ScanReport.show(call.screen(), now);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "delete", description = "Deletes a completed or canceled scan's record.")
  int delete(
      @Mixin Call call,
      @Parameters(paramLabel = "SCAN", description = SCAN) String scan,
      @Option(names = "--yes", description = "Do not ask.") boolean yes)
      throws InterruptedException {
    try (Api api = call.api()) {
      String id = new Lookup(api).scan(scan);
      call.confirm("Delete the scan " + id + "?", yes);
      api.change("DELETE", "/scans/" + id, "", Map.of());
      call.screen().say("Deleted the scan " + id + "; no file was touched.");
      return ExitCodes.DONE;
    }
  }

  private static int act(Call call, String scan, String action) throws InterruptedException {
    try (Api api = call.api()) {
      String id = new Lookup(api).scan(scan);
      JsonNode now = api.postOnce("/scans/" + id + "/" + action, Map.of()).body();
      ScanReport.show(call.screen(), now);
      return ExitCodes.DONE;
    }
  }

  private static int watched(Api api, Call call, String scan) throws InterruptedException {
    JsonNode end = new ScanWatch(api, scan, call.surroundings(), PATIENCE).untilRest();
    return ScanReport.end(call.screen(), end);
  }
}
