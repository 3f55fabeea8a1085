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

/** The files a scan found. */
@Command(
    name = "files",
    description = "Lists a scan's files by path; every filter narrows.",
    footer = {
      "Examples:",
      "  dorsal scans files last --class IMAGE --has-gps=false --from 2024-05-01 --to 2024-05-31",
      "  dorsal scans files last --folder 2024/ --all > files.tsv"
    })
final class ScanFilesCommand implements Callable<Integer> {

  private static final Columns FILES =
      Columns.of(
          "id",
          "class",
          "state",
          "size:size",
          "taken=local_taken_at",
          "latitude",
          "longitude",
          "notes",
          "path=display_path");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Option(names = "--class", description = "e.g. IMAGE, RAW, SPREADSHEET")
  private @Nullable String only;

  @Option(names = "--state", description = "e.g. INSPECTED, UNREADABLE, SKIPPED, MISSING")
  private @Nullable String state;

  @Option(names = "--has-gps", arity = "1", description = "true or false", paramLabel = "BOOL")
  private @Nullable Boolean gps;

  @Option(names = "--has-date", arity = "1", description = "true or false", paramLabel = "BOOL")
  private @Nullable Boolean date;

  @Option(names = "--camera", paramLabel = "KEY", description = "As the summary names it.")
  private @Nullable String camera;

  @Option(names = "--from", paramLabel = "WHEN", description = "By the camera's clock.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "WHEN", description = "A day belongs to the range.")
  private @Nullable String until;

  @Option(names = "--folder", description = "Only below, e.g. 2024/")
  private @Nullable String folder;

  @Option(names = "--find", paramLabel = "TEXT", description = "A part of the path, in any case.")
  private @Nullable String find;

  @Option(names = "--note", description = "e.g. CLOCK_SUSPECT")
  private @Nullable String note;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String path = Api.path("/scans/" + new Lookup(api).scan(scan) + "/files", query());
      paging.list(api, call.screen(), path, Paging.FILES, FILES);
      return ExitCodes.DONE;
    }
  }

  private Map<String, @Nullable String> query() {
    Map<String, @Nullable String> query = new LinkedHashMap<>();
    query.put("class", constant(only));
    query.put("state", constant(state));
    query.put("has_gps", gps == null ? null : gps.toString());
    query.put("has_date", date == null ? null : date.toString());
    query.put("camera_key", camera);
    query.put("from", from);
    query.put("to", until);
    query.put("path_prefix", folder);
    query.put("q", find);
    query.put("note", constant(note));
    return query;
  }

  private static @Nullable String constant(@Nullable String given) {
    return given == null ? null : given.toUpperCase(Locale.ROOT);
  }
}
