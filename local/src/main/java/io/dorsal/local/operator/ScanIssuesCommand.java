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

/** What is wrong with which file. */
@Command(
    name = "issues",
    description = "Lists the files that could not be read or looked odd, each with what to do.",
    footer = {"Example:", "  dorsal scans issues last --code CORRUPT --all"})
final class ScanIssuesCommand implements Callable<Integer> {

  private static final Columns ISSUES = Columns.of("code", "notes", "path=display_path", "fix");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Option(names = "--code", description = "Only this code or note.")
  private @Nullable String code;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      Map<String, @Nullable String> query = new LinkedHashMap<>();
      query.put("code", code == null ? null : code.toUpperCase(Locale.ROOT));
      String path = Api.path("/scans/" + new Lookup(api).scan(scan) + "/issues", query);
      paging.list(api, call.screen(), path, Paging.FILES, ISSUES);
      return ExitCodes.DONE;
    }
  }
}
