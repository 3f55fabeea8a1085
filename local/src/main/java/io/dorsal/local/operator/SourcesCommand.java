package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.LinkedHashMap;
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
    })
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
}
