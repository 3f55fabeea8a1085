package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** How folders and files are named. */
@Command(
    name = "patterns",
    description = "Lists what the names of folders and files seem to say, the surest first.")
final class ScanPatternsCommand implements Callable<Integer> {

  private static final Columns PATTERNS =
      Columns.of("type", "confidence", "depth", "matched", "names", "pattern", "notes", "samples");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Option(names = "--type", description = "DATE, LOCATION, INDIVIDUAL, PHOTOGRAPHER or SEQUENCE")
  private @Nullable String type;

  @Option(names = "--min-confidence", paramLabel = "0..1", description = "Default 0.30")
  private @Nullable String least;

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      Map<String, @Nullable String> query = new LinkedHashMap<>();
      query.put("type", type == null ? null : type.toUpperCase(Locale.ROOT));
      query.put("min_confidence", least);
      String id = new Lookup(api).scan(scan);
      JsonNode found = api.get(Api.path("/scans/" + id + "/patterns", query)).body();
      if (screen.json()) {
        screen.json(found);
      } else {
        screen.rows(found.path("items"), PATTERNS);
        if (found.path("detected_at").isNull()) {
          screen.say("The names have not been looked at yet; ask again in a moment.");
        }
      }
      return ExitCodes.DONE;
    }
  }
}
