package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Known formats that a scan's spreadsheets fit. */
@Command(
    name = "formats",
    description = "Lists the known formats that spreadsheets fit, or decides about one.",
    footer = {
      "Examples:",
      "  dorsal scans formats last",
      "  dorsal scans formats last --accept 0193…"
    })
final class ScanFormatsCommand implements Callable<Integer> {

  private static final Columns SUGGESTIONS =
      Columns.of("key", "name", "files", "coverage", "decision", "column_mapping");

  /** What to say about one; nothing lists them. */
  static final class Decision {

    @Option(
        names = "--accept",
        paramLabel = "KEY",
        description = "Manifests begin with its mapping.")
    private @Nullable String accept;

    @Option(
        names = "--dismiss",
        paramLabel = "KEY",
        description = "Do not suggest it for this source again.")
    private @Nullable String dismiss;
  }

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @ArgGroup private Decision decision = new Decision();

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String path = "/scans/" + new Lookup(api).scan(scan) + "/format-suggestions";
      if (decision.accept != null) {
        api.postOnce(path + "/" + Lookup.id("format", decision.accept) + "/accept", Map.of());
        call.screen().say("Accepted.");
      } else if (decision.dismiss != null) {
        api.postOnce(path + "/" + Lookup.id("format", decision.dismiss) + "/dismiss", Map.of());
        call.screen().say("Dismissed; it is not suggested for this source again.");
      } else {
        paging.list(api, call.screen(), path, Paging.RECORDS, SUGGESTIONS);
      }
      return ExitCodes.DONE;
    }
  }
}
