package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What Dorsal tells the operator, e.g. that a secret ends in seven days. */
@Command(
    name = "notices",
    description = "Lists the open notices, the newest first, or marks one as read.",
    footer = {
      "Examples:",
      "  dorsal connections notices",
      "  dorsal connections notices --read 0193…",
      "  dorsal connections notices --read all"
    })
final class ConnectionNoticesCommand implements Callable<Integer> {

  private static final Columns NOTICES =
      Columns.of("id", "at=created_at:time", "read=read_at:time", "title", "body");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Option(
      names = "--read",
      paramLabel = "ID",
      description = "Mark it as read; it stays until it no longer holds. The word all: every one.")
  private @Nullable String read;

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      if (read == null) {
        paging.list(api, call.screen(), "/notices", Paging.RECORDS, NOTICES);
      } else if (read.equals("all")) {
        int count = 0;
        for (JsonNode notice : Paging.everything(api, "/notices")) {
          if (notice.path("read_at").isNull()) {
            mark(api, notice.path("id").asString(""));
            count++;
          }
        }
        call.screen().say(count + " notices are read now.");
      } else {
        mark(api, Lookup.id("notice", read));
        call.screen().say("The notice is read.");
      }
      return ExitCodes.DONE;
    }
  }

  private static void mark(Api api, String id) throws InterruptedException {
    api.postOnce("/notices/" + id + "/read", Map.of());
  }
}
