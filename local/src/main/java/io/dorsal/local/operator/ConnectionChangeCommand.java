package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What may change about a connection besides its secret. */
@Command(
    name = "change",
    description = "Changes a connection's name, containers or account; what is not given stays.",
    footer = {
      "Examples:",
      "  dorsal connections change Photos --container photos --container videos",
      "  dorsal connections change Photos --any-container"
    })
final class ConnectionChangeCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "CONNECTION", description = ConnectionsCommand.CONNECTION)
  private String connection = "";

  @Option(names = "--name", description = "The new name.")
  private @Nullable String name;

  @Option(names = "--container", description = "Only these; may be given several times.")
  private List<String> containers = List.of();

  @Option(names = "--any-container", description = "All that the secret opens.")
  private boolean any;

  @Option(names = "--account", description = "Another account; not once sources hang on it.")
  private @Nullable String account;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> body = body();
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).connection(connection);
      ApiAnswer now = api.change("PATCH", "/connections/" + seen.id(), seen.etag(), body);
      return ConnectionReport.show(call.screen(), now.body());
    }
  }

  private Map<String, Object> body() {
    if (any && !containers.isEmpty()) {
      throw new UsageException("--container and --any-container exclude each other");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    if (name != null) {
      body.put("name", name);
    }
    if (any || !containers.isEmpty()) {
      body.put("containers", containers);
    }
    if (account != null) {
      body.put("account_name", account);
    }
    if (body.isEmpty()) {
      throw new UsageException(
          "give at least one of --name, --container, --any-container, --account");
    }
    return body;
  }
}
