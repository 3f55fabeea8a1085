package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** One's own calendar of the ends of secrets, for programs that cannot sign in. */
@Command(
    name = "feed",
    description = {
      "Makes the address of your own .ics calendar of ending secrets and prints it, this once. An",
      "earlier address ends. Whoever has the address can read the calendar."
    },
    footer = {"Examples:", "  dorsal connections feed", "  dorsal connections feed --revoke"})
final class ConnectionFeedCommand implements Callable<Integer> {

  private static final String FEED = "/connections/expiry-calendar/feed";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Option(names = "--revoke", description = "Take the address back; nobody can read it then.")
  private boolean revoke;

  @Override
  public Integer call() throws InterruptedException {
    Screen screen = call.screen();
    try (Api api = call.api()) {
      if (revoke) {
        api.change("DELETE", FEED, "", Map.of());
        screen.say("The calendar's address is taken back.");
        return ExitCodes.DONE;
      }
      JsonNode made = api.postOnce(FEED, Map.of()).body();
      if (screen.json()) {
        screen.json(made);
      } else {
        screen.line(List.of(api.base() + made.path("path").asString("")));
        screen.say("Subscribe to it in a calendar program; it is not shown again.");
      }
      return ExitCodes.DONE;
    }
  }
}
