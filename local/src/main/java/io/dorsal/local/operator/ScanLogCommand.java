package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What happened to a scan, in its own words. */
@Command(name = "log", description = "Prints a scan's log: its states and its progress.")
final class ScanLogCommand implements Callable<Integer> {

  private static final Columns LINES = Columns.of("at:time", "line");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String path = "/scans/" + new Lookup(api).scan(scan) + "/log";
      paging.list(api, call.screen(), path, Paging.FILES, LINES);
      return ExitCodes.DONE;
    }
  }
}
