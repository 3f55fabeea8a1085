package io.dorsal.local.cli;

import io.dorsal.local.stack.Here;
import io.dorsal.local.stack.StackState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds workers and takes them away, the hard way. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = "Lists, starts and kills workers.",
    synopsisSubcommandLabel = "COMMAND")
final class WorkerCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the workers and their process ids.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) throws IOException {
    StackState state = Here.running();
    if (json) {
      Terminal.json(state.workers());
      return 0;
    }
    state.processes().stream()
        .filter(part -> part.name().startsWith("worker-"))
        .forEach(part -> Terminal.report(part.name() + "  " + pid(state, part.name())));
    return 0;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a worker that is down, or another one.")
  int start(
      @Parameters(
              arity = "0..1",
              paramLabel = "ID",
              description = "e.g. worker-2; a new one if left out.")
          @Nullable String id)
      throws IOException, InterruptedException {
    Terminal.report(tell(id == null ? "next" : id, "start") + " started");
    return 0;
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "Ends a worker by SIGKILL; it stays down until it is started.")
  int kill(@Parameters(paramLabel = "ID", description = "e.g. worker-1") String id)
      throws IOException, InterruptedException {
    Terminal.report(tell(id, "kill") + " killed; ./dorsal worker start " + id + " starts it again");
    return 0;
  }

  private static String pid(StackState state, String worker) {
    Long pid = state.workers().get(worker);
    return pid == null ? "down" : pid.toString();
  }

  private static String tell(String worker, String action)
      throws IOException, InterruptedException {
    StackState.Control control = Here.running().control();
    URI uri = URI.create(control.url() + "/workers/" + worker + "/" + action);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + control.secret())
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalArgumentException(answer.body());
      }
      return answer.body();
    }
  }
}
