package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The spreadsheets a scan found. */
@Command(
    name = "spreadsheets",
    description = "Lists the spreadsheets by path, with their sheets.",
    footer = {"Example:", "  dorsal scans spreadsheets last --json"})
final class ScanSpreadsheetsCommand implements Callable<Integer> {

  private static final Columns SPREADSHEETS = Columns.of("id", "path=display_path", "sheets");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "SCAN", description = ScansCommand.SCAN)
  private String scan = "";

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String path = "/scans/" + new Lookup(api).scan(scan) + "/spreadsheets";
      paging.list(api, call.screen(), path, Paging.RECORDS, SPREADSHEETS);
      return ExitCodes.DONE;
    }
  }
}
