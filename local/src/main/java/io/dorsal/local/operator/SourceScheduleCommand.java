package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import io.dorsal.local.api.ApiAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** When a source is scanned by itself. */
@Command(
    name = "schedule",
    description = "Shows, sets or removes the times at which a source is scanned by itself.",
    footer = {
      "Examples:",
      "  dorsal sources schedule \"All photos\" --cron \"0 2 * * *\" --zone America/Vancouver",
      "  dorsal sources schedule \"All photos\" --runs",
      "  dorsal sources schedule \"All photos\" --remove"
    })
final class SourceScheduleCommand implements Callable<Integer> {

  private static final Columns SCHEDULE =
      Columns.of("cron", "time_zone", "mode", "enabled", "next=next_fire_at:time");

  private static final Columns RUNS =
      Columns.of("due=due_at:time", "fired=fired_at:time", "outcome", "missed", "scan=scan_id");

  /** What to do; nothing shows the schedule. */
  static final class Action {

    @Option(
        names = "--cron",
        paramLabel = "CRON",
        description = "Set it: minute, hour, day, month, weekday.")
    private @Nullable String cron;

    @Option(names = "--remove", description = "Remove it.")
    private boolean remove;

    @Option(names = "--runs", description = "Show when it fired and what came of it.")
    private boolean runs;
  }

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SOURCE", description = SourcesCommand.SOURCE)
  private String source = "";

  @ArgGroup private Action action = new Action();

  @Option(names = "--zone", description = "Of the clock it goes by, default the source's, or UTC.")
  private @Nullable String zone;

  @Option(names = "--mode", description = "AUTO (default), FULL or INCREMENTAL.")
  private @Nullable String mode;

  @Option(names = "--off", description = "With --cron: keep it, but do not fire.")
  private boolean off;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    if (action.cron == null && (zone != null || mode != null || off)) {
      throw new UsageException("--zone, --mode and --off go with --cron");
    }
    Screen screen = call.screen();
    try (Api api = call.api()) {
      ApiAnswer seen = new Lookup(api).source(source);
      String path = "/sources/" + seen.id() + "/schedule";
      if (action.cron != null) {
        screen.show(api.change("PUT", path, "", body(action.cron)).body(), SCHEDULE);
      } else if (action.remove) {
        api.change("DELETE", path, "", Map.of());
        screen.say("The schedule is removed.");
      } else if (action.runs) {
        paging.list(api, screen, path + "-runs", Paging.RECORDS, RUNS);
      } else {
        screen.show(api.get(path).body(), SCHEDULE);
      }
      return ExitCodes.DONE;
    }
  }

  private Map<String, Object> body(String cron) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("cron", cron);
    if (zone != null) {
      body.put("time_zone", zone);
    }
    if (mode != null) {
      body.put("mode", mode.toUpperCase(Locale.ROOT));
    }
    body.put("enabled", !off);
    return body;
  }
}
