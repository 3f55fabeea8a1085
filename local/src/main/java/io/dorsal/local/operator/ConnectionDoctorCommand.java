package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A connection's examination, now or earlier. */
@Command(
    name = "doctor",
    description = "Examines a connection: every step, every finding and what mends it.",
    footer = {
      "Examples:",
      "  dorsal connections doctor Photos",
      "  dorsal connections doctor Photos --reports"
    })
final class ConnectionDoctorCommand implements Callable<Integer> {

  private static final Columns REPORTS =
      Columns.of("at:time", "status", "duration_ms", "secret_version");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "CONNECTION", description = ConnectionsCommand.CONNECTION)
  private String connection = "";

  @Option(names = "--reports", description = "List the earlier reports, the newest first.")
  private boolean reports;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String path = "/connections/" + new Lookup(api).connection(connection).id() + "/doctor";
      if (reports) {
        paging.list(api, call.screen(), path + "-reports", Paging.RECORDS, REPORTS);
        return ExitCodes.DONE;
      }
      return DoctorReport.show(call.screen(), api.postOnce(path, Map.of()).body());
    }
  }
}
