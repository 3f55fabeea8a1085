package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
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

/** The archives themselves: a container, or a folder in one. */
@Command(
    name = "sources",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Registers the archives that are scanned: a container or a folder in it.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the API refused; what to do is on stderr",
      "2:wrong arguments; nothing was sent",
      "3:nothing answers"
    },
    subcommands = {SourceChangeCommand.class, SourceScheduleCommand.class})
public final class SourcesCommand {

  static final String SOURCE = "Its id or its name.";

  private static final Columns LIST =
      Columns.of("id", "name", "state", "container", "prefix", "scans=scan_count");

  static final Columns DETAILS =
      Columns.of(
          "id",
          "name",
          "state",
          "connection=connection_id",
          "container",
          "prefix",
          "time_zone",
          "on_new_files",
          "schedule",
          "counters",
          "scans=scan_count",
          "created_by",
          "created=created_at:time");

  /** What is asked about a source besides its name. */
  static final class Form {

    @Option(
        names = "--connection",
        required = true,
        description = "The connection it lies behind: id or name.")
    private String connection = "";

    @Option(names = "--container", required = true, description = "The container.")
    private String container = "";

    @Option(names = "--prefix", description = "A folder in it, e.g. 2024/")
    private @Nullable String prefix;

    @Option(
        names = "--time-zone",
        paramLabel = "ZONE",
        description = "Of the cameras' clocks, e.g. America/Vancouver")
    private @Nullable String zone;

    @Option(
        names = "--on-new-files",
        description = "SCAN_ONLY (default) or SCAN_AND_REMATERIALIZE.")
    private @Nullable String onNewFiles;

    private Map<String, Object> body(String name, Api api) throws InterruptedException {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("connection_id", new Lookup(api).connection(connection).id());
      body.put("name", name);
      body.put("container", container);
      if (prefix != null) {
        body.put("prefix", prefix);
      }
      if (zone != null) {
        body.put("time_zone", zone);
      }
      if (onNewFiles != null) {
        body.put("on_new_files", onNewFiles.toUpperCase(Locale.ROOT));
      }
      return body;
    }
  }

  @Command(
      name = "add",
      description = "Registers a source.",
      footer = {
        "Example:",
        "  dorsal sources add \"All photos\" --connection Photos --container photos --prefix 2024/"
      })
  int add(
      @Mixin Call call,
      @Parameters(paramLabel = "NAME", description = "As people will see it.") String name,
      @Mixin Form form)
      throws InterruptedException {
    try (Api api = call.api()) {
      JsonNode made = api.postOnce("/sources", form.body(name, api)).body();
      Screen screen = call.screen();
      screen.show(made, DETAILS);
      for (JsonNode warning : made.path("warnings")) {
        screen.say("Mind: " + warning.path("detail").asString(""));
      }
      return ExitCodes.DONE;
    }
  }

  @Command(name = "list", description = "Lists the sources by name.")
  int list(@Mixin Call call, @Mixin Paging paging) throws InterruptedException {
    try (Api api = call.api()) {
      paging.list(api, call.screen(), "/sources", Paging.RECORDS, LIST);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "show", description = "Shows a source.")
  int show(@Mixin Call call, @Parameters(paramLabel = "SOURCE", description = SOURCE) String source)
      throws InterruptedException {
    try (Api api = call.api()) {
      call.screen().show(new Lookup(api).source(source).body(), DETAILS);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "pause", description = "Leaves a source out of scans, schedules and events.")
  int pause(
      @Mixin Call call, @Parameters(paramLabel = "SOURCE", description = SOURCE) String source)
      throws InterruptedException {
    return change(call, source, Map.of("state", "PAUSED"));
  }

  @Command(name = "resume", description = "Takes a paused source in again.")
  int resume(
      @Mixin Call call, @Parameters(paramLabel = "SOURCE", description = SOURCE) String source)
      throws InterruptedException {
    return change(call, source, Map.of("state", "ACTIVE"));
  }

  @Command(
      name = "remove",
      description = "Forgets a source; its files are untouched, its scans stay readable.")
  int remove(
      @Mixin Call call,
      @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
      @Option(names = "--yes", description = "Do not ask.") boolean yes)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).source(source);
      String name = seen.body().path("name").asString("");
      call.confirm("Forget the source \"" + name + "\"?", yes);
      api.change("DELETE", "/sources/" + seen.id(), seen.etag(), Map.of());
      call.screen().say("Removed " + name + "; no file was touched.");
      return ExitCodes.DONE;
    }
  }

  private static int change(Call call, String source, Map<String, ?> body)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).source(source);
      String path = "/sources/" + seen.id();
      call.screen().show(api.change("PATCH", path, seen.etag(), body).body(), DETAILS);
      return ExitCodes.DONE;
    }
  }
}
