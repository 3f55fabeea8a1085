package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.Map;
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
    })
public final class ConnectionsCommand {

  private static final String CONNECTION = "Its id or its name.";

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
      @Mixin ConnectionForm form)
      throws InterruptedException {
    Map<String, Object> body = form.body(name, call);
    try (Api api = call.api()) {
      JsonNode made = api.postOnce("/connections", body).body();
      return ConnectionReport.show(call.screen(), made);
    }
  }

  @Command(name = "list", description = "Lists the connections by name.")
  int list(@Mixin Call call, @Mixin Paging paging) throws InterruptedException {
    try (Api api = call.api()) {
      paging.list(api, call.screen(), "/connections", Paging.RECORDS, LIST);
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
}
