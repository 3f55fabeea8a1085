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

/** Keys to other people's storage: made, looked at, renewed. */
@Command(
    name = "connections",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Connects storage accounts and says what is wrong with a key.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the API refused; what to do is on stderr",
      "2:wrong arguments; nothing was sent",
      "3:nothing answers",
      "4:done, but the connection does not work"
    },
    subcommands = {
      ConnectionCalendarCommand.class,
      ConnectionChangeCommand.class,
      ConnectionContainersCommand.class,
      ConnectionDoctorCommand.class,
      ConnectionFeedCommand.class,
      ConnectionNoticesCommand.class
    })
public final class ConnectionsCommand {

  static final String CONNECTION = "Its id or its name.";

  private static final Columns LIST =
      Columns.of(
          "id", "name", "status", "account=account_name", "containers", "expires=expires_at:time");

  @Command(
      name = "add",
      description = "Makes a connection and checks it at once.",
      footer = {
        "Examples:",
        "  dorsal connections add Photos --container photos --secret-stdin < sas-url.txt",
        "  DORSAL_SECRET=$(pass whales) dorsal connections add Photos --account whales"
      })
  int add(
      @Mixin Call call,
      @Parameters(paramLabel = "NAME", description = "As people will see it.") String name,
      @Mixin ConnectionForm form,
      @Option(names = "--dry-run", description = "Only examine it; nothing is stored.")
          boolean dryRun)
      throws InterruptedException {
    Map<String, Object> body = form.body(name, call);
    try (Api api = call.api()) {
      if (dryRun) {
        JsonNode report = api.postOnce("/connections/doctor", body).body();
        return DoctorReport.show(call.screen(), report);
      }
      JsonNode made = api.postOnce("/connections", body).body();
      return ConnectionReport.show(call.screen(), made);
    }
  }

  @Command(name = "list", description = "Lists the connections by name.")
  int list(
      @Mixin Call call,
      @Mixin Paging paging,
      @Option(names = "--status", description = "Only OK, WARNING, BROKEN, EXPIRED, …")
          @Nullable String status,
      @Option(names = "--kind", description = "Only of this kind, e.g. AZURE_BLOB")
          @Nullable String kind,
      @Option(
              names = "--expires-before",
              paramLabel = "INSTANT",
              description = "e.g. 2027-01-01T00:00:00Z")
          @Nullable String before)
      throws InterruptedException {
    try (Api api = call.api()) {
      Map<String, @Nullable String> query = new LinkedHashMap<>();
      query.put("status", status == null ? null : status.toUpperCase(Locale.ROOT));
      query.put("kind", kind == null ? null : kind.toUpperCase(Locale.ROOT));
      query.put("expires_before", before);
      String path = Api.path("/connections", query);
      paging.list(api, call.screen(), path, Paging.RECORDS, LIST);
      return ExitCodes.DONE;
    }
  }

  @Command(name = "show", description = "Shows a connection; its secret is shown nowhere.")
  int show(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws InterruptedException {
    try (Api api = call.api()) {
      ConnectionReport.show(call.screen(), new Lookup(api).connection(connection).body());
      return ExitCodes.DONE;
    }
  }

  @Command(
      name = "secret",
      description = "Replaces the secret; paused scans go on if the new one works.",
      footer = {
        "Example:",
        "  dorsal connections secret Photos --secret-stdin < new-sas.txt",
      })
  int secret(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(
              names = "--secret-stdin",
              description = "Read it from stdin; else DORSAL_SECRET, else it is asked for.")
          boolean fromStdin)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).connection(connection);
      Map<String, String> body = Map.of("secret", call.secret(fromStdin));
      String path = "/connections/" + seen.id() + "/secret";
      JsonNode saved = api.change("PUT", path, seen.etag(), body).body();
      return ConnectionReport.show(call.screen(), saved);
    }
  }

  @Command(name = "disable", description = "Switches a connection off; nothing uses it then.")
  int disable(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws InterruptedException {
    return change(call, connection, Map.of("disabled", true));
  }

  @Command(name = "enable", description = "Switches a connection on again and checks it.")
  int enable(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws InterruptedException {
    return change(call, connection, Map.of("disabled", false));
  }

  @Command(name = "rename", description = "Gives a connection another name.")
  int rename(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Parameters(paramLabel = "NAME", description = "The new name.") String name)
      throws InterruptedException {
    return change(call, connection, Map.of("name", name));
  }

  @Command(
      name = "delete",
      description = "Deletes a connection and makes its secret unreadable; scans stay readable.")
  int delete(
      @Mixin Call call,
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(names = "--yes", description = "Do not ask.") boolean yes)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).connection(connection);
      String name = seen.body().path("name").asString("");
      call.confirm("Delete the connection \"" + name + "\" and its secret?", yes);
      api.change("DELETE", "/connections/" + seen.id(), seen.etag(), Map.of());
      call.screen().say("Deleted " + name + ".");
      return ExitCodes.DONE;
    }
  }

  private static int change(Call call, String connection, Map<String, ?> body)
      throws InterruptedException {
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).connection(connection);
      String path = "/connections/" + seen.id();
      return ConnectionReport.show(
          call.screen(), api.change("PATCH", path, seen.etag(), body).body());
    }
  }
}
