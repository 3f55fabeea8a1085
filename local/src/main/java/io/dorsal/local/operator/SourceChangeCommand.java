package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What may change about a source. */
@Command(
    name = "change",
    description = "Changes a source; what is not given stays.",
    footer = {"Example:", "  dorsal sources change \"All photos\" --time-zone America/Vancouver"})
final class SourceChangeCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SOURCE", description = SourcesCommand.SOURCE)
  private String source = "";

  @Option(names = "--name", description = "The new name.")
  private @Nullable String name;

  @Option(names = "--time-zone", paramLabel = "ZONE", description = "Of the cameras' clocks.")
  private @Nullable String zone;

  @Option(names = "--on-new-files", description = "SCAN_ONLY or SCAN_AND_REMATERIALIZE.")
  private @Nullable String onNewFiles;

  @Option(names = "--population", paramLabel = "ID", description = "Whose animals they show.")
  private @Nullable String population;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> body = body();
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).source(source);
      ApiAnswer now = api.change("PATCH", "/sources/" + seen.id(), seen.etag(), body);
      call.screen().show(now.body(), SourcesCommand.DETAILS);
      return ExitCodes.DONE;
    }
  }

  private Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    put(body, "name", name);
    put(body, "time_zone", zone);
    put(body, "on_new_files", onNewFiles == null ? null : onNewFiles.toUpperCase(Locale.ROOT));
    put(body, "population_id", population);
    if (body.isEmpty()) {
      throw new UsageException(
          "give at least one of --name, --time-zone, --on-new-files, --population");
    }
    return body;
  }

  private static void put(Map<String, Object> body, String member, @Nullable String value) {
    if (value != null) {
      body.put(member, value);
    }
  }
}
