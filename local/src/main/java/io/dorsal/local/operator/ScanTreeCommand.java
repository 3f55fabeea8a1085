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

/** A folder as a scan saw it. */
@Command(
    name = "tree",
    description = "Lists a folder: its folders with their numbers, then its files.",
    footer = {"Example:", "  dorsal scans tree last 2024/ --class IMAGE"})
final class ScanTreeCommand implements Callable<Integer> {

  private static final Columns CHILDREN =
      Columns.of(
          "kind", "files=file_count", "size=total_size:size", "name=display_name", "classes");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(index = "0", paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "FOLDER", description = "e.g. 2024/")
  private @Nullable String folder;

  @Option(names = "--class", description = "Only where there are such files, e.g. IMAGE.")
  private @Nullable String only;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      Map<String, @Nullable String> query = new LinkedHashMap<>();
      query.put("path", folder);
      query.put("class", only == null ? null : only.toUpperCase(Locale.ROOT));
      String path = Api.path("/scans/" + new Lookup(api).scan(scan) + "/tree", query);
      paging.list(api, call.screen(), path, "children", Paging.FILES, CHILDREN);
      return ExitCodes.DONE;
    }
  }
}
