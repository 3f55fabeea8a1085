package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The kinds of spreadsheets that people keep their sightings in. */
@Command(
    name = "formats",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps the spreadsheet formats that scans recognize.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the API refused; what to do is on stderr",
      "2:wrong arguments; nothing was sent",
      "3:nothing answers"
    })
public final class FormatsCommand {

  private static final String FORMAT = "Its id or its name.";
  private static final String FORMATS = "/spreadsheet-formats";

  private static final Columns LIST = Columns.of("id", "name", "required_headers");

  private static final Columns DETAILS =
      Columns.of(
          "id",
          "name",
          "required_headers",
          "column_mapping",
          "created_by",
          "created=created_at:time",
          "changed=changed_at:time");

  /** What a format consists of besides its name. */
  static final class Form {

    @Option(
        names = "--header",
        required = true,
        paramLabel = "HEADING",
        description = "A heading such sheets have; given once for each.")
    private List<String> headers = List.of();

    @Option(
        names = "--map",
        paramLabel = "FIELD=HEADING",
        description = "Which heading holds a field: date, time, latitude, longitude, …")
    private Map<String, String> mapping = Map.of();

    private Map<String, Object> body(String name) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", name);
      body.put("required_headers", headers);
      body.put("column_mapping", mapping);
      return body;
    }
  }

  @Command(
      name = "add",
      description = "Adds a format.",
      footer = {
        "Example:",
        "  dorsal formats add Sightings --header Date --header Whale --map date=Date"
      })
  int add(
      @Mixin Call call,
      @Parameters(paramLabel = "NAME", description = "As people will see it.") String name,
      @Mixin Form form)
      throws InterruptedException {
    try (Api api = call.api()) {
      call.screen().show(api.postOnce(FORMATS, form.body(name)).body(), DETAILS);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "list", description = "Lists the formats by name.")
  int list(@Mixin Call call, @Mixin Paging paging) throws InterruptedException {
    try (Api api = call.api()) {
      paging.list(api, call.screen(), FORMATS, Paging.RECORDS, LIST);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "show", description = "Shows a format.")
  int show(@Mixin Call call, @Parameters(paramLabel = "FORMAT", description = FORMAT) String format)
      throws InterruptedException {
    try (Api api = call.api()) {
      call.screen().show(new Lookup(api).format(format).body(), DETAILS);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "replace", description = "Replaces a format's headings and mapping.")
  int replace(
      @Mixin Call call,
      @Parameters(paramLabel = "FORMAT", description = FORMAT) String format,
      @Mixin Form form)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).format(format);
      Map<String, Object> body = form.body(seen.body().path("name").asString(""));
      ApiAnswer now = api.change("PUT", FORMATS + "/" + seen.id(), seen.etag(), body);
      call.screen().show(now.body(), DETAILS);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "delete", description = "Forgets a format; spreadsheets are untouched.")
  int delete(
      @Mixin Call call,
      @Parameters(paramLabel = "FORMAT", description = FORMAT) String format,
      @Option(names = "--yes", description = "Do not ask.") boolean yes)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).format(format);
      String name = seen.body().path("name").asString("");
      call.confirm("Forget the format \"" + name + "\"?", yes);
      api.change("DELETE", FORMATS + "/" + seen.id(), seen.etag(), Map.of());
      call.screen().say("Forgot " + name + ".");
      return ExitCodes.DONE;
    }
  }
}
