package io.dorsal.local.operator;

import tools.jackson.databind.JsonNode;

/** A scan for people, and whether it ended well. */
final class ScanReport {

  static final Columns LIST =
      Columns.of(
          "id",
          "no=number",
          "state",
          "trigger",
          "mode",
          "listed=progress.listed",
          "inspected=progress.inspected",
          "issues=issues_count",
          "requested=requested_at:time");

  private static final Columns SCAN =
      Columns.of(
          "id",
          "source=source_id",
          "number",
          "state",
          "message",
          "trigger",
          "mode",
          "prefix",
          "include",
          "exclude",
          "classes",
          "requested_by",
          "requested=requested_at:time",
          "started=started_at:time",
          "listed_by=listed_at:time",
          "finished=finished_at:time",
          "phase=progress.phase",
          "worker=progress.worker_status",
          "files_listed=progress.listed",
          "left_out=excluded",
          "to_inspect=progress.to_inspect",
          "inspected=progress.inspected",
          "reused=progress.reused",
          "unreadable=progress.unreadable",
          "bytes_read=progress.bytes_read:size",
          "partitions=progress.partitions_total",
          "partitions_done=progress.partitions_done",
          "issues=issues_count",
          "guard");

  private ScanReport() {}

  /** All about it, and why it stands still where it does. */
  static void show(Screen screen, JsonNode scan) {
    screen.show(scan, SCAN);
    cause(screen, scan);
  }

  /** How a watched scan came to rest; {@link ExitCodes#NOT_WELL} where it did not complete. */
  static int end(Screen screen, JsonNode scan) {
    JsonNode progress = scan.path("progress");
    String state = scan.path("state").asString("");
    if (screen.json()) {
      screen.json(scan);
    }
    screen.say(
        state
            + ": "
            + progress.path("listed").asLong(0)
            + " files listed, "
            + progress.path("inspected").asLong(0)
            + " inspected, "
            + progress.path("reused").asLong(0)
            + " known already, "
            + progress.path("unreadable").asLong(0)
            + " unreadable");
    cause(screen, scan);
    return state.equals("COMPLETED") ? ExitCodes.DONE : ExitCodes.NOT_WELL;
  }

  private static void cause(Screen screen, JsonNode scan) {
    JsonNode cause = scan.path("cause");
    if (cause.isObject()) {
      screen.say(cause.path("code").asString("") + ": " + cause.path("detail").asString(""));
      screen.say("  Fix: " + cause.path("fix").asString(""));
    }
  }
}
