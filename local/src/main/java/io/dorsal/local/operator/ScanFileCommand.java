package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One file with all that was read from it. */
@Command(name = "file", description = "Shows all that is known about one file.")
final class ScanFileCommand implements Callable<Integer> {

  private static final Columns FILE =
      Columns.of(
          "id",
          "path=display_path",
          "class",
          "state",
          "code",
          "notes",
          "size:size",
          "modified=last_modified:time",
          "version=content_version",
          "previous_paths",
          "taken=local_taken_at",
          "utc_offset",
          "latitude",
          "longitude",
          "camera=camera_key",
          "width",
          "height",
          "bytes_read:size",
          "inspected=inspected_at:time",
          "fixes");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(index = "0", paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Its id, as `files` shows it.")
  private String file = "";

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      String path = "/scans/" + new Lookup(api).scan(scan) + "/files/";
      if (!file.matches("[0-9A-Za-z-]+")) {
        throw new UsageException("a file is named by its id; dorsal scans files shows it");
      }
      JsonNode found = api.get(path + file).body();
      screen.show(found, FILE);
      if (!screen.json()) {
        found
            .path("tags")
            .propertyStream()
            .forEach(tag -> screen.line(List.of(tag.getKey(), Columns.text(tag.getValue()))));
      }
      return ExitCodes.DONE;
    }
  }
}
