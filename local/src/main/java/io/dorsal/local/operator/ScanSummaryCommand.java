package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A scan in numbers. */
@Command(name = "summary", description = "Shows what a scan found, in numbers.")
final class ScanSummaryCommand implements Callable<Integer> {

  private static final Columns TOTALS =
      Columns.of(
          "files=total_files",
          "size=total_size:size",
          "images=images.total",
          "with_position=images.with_gps",
          "with_date=images.with_date",
          "earliest=images.local_first",
          "latest=images.local_last",
          "cameras=images.camera_count");

  private static final Columns CLASSES = Columns.of("class", "files", "size:size");
  private static final Columns ISSUES = Columns.of("issue=code", "files", "fix");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      String id = new Lookup(api).scan(scan);
      JsonNode summary = api.get("/scans/" + id + "/summary").body();
      screen.show(summary, TOTALS);
      if (!screen.json()) {
        screen.rows(summary.path("classes"), CLASSES);
        screen.rows(summary.path("issues"), ISSUES);
      }
      return ExitCodes.DONE;
    }
  }
}
