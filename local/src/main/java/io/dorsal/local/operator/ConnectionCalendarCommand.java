package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** When secrets end. */
@Command(
    name = "calendar",
    description = "Lists the secrets that ended or will end, and what hangs on each.")
final class ConnectionCalendarCommand implements Callable<Integer> {

  private static final Columns ENDS =
      Columns.of("band", "days_left", "expires=expires_at:time", "name", "credential", "affected");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Option(names = "--days", description = "How far to look ahead, default ${DEFAULT-VALUE}.")
  private int days = 90;

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      JsonNode ends = api.get("/connections/expiry-calendar?days=" + days).body();
      if (screen.json()) {
        screen.json(ends);
      } else {
        screen.rows(ends.path("items"), ENDS);
      }
      return ExitCodes.DONE;
    }
  }
}
