package io.dorsal.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Runs a stack's timer functions without waiting for their time. */
public final class TimersNow {

  private TimersNow() {}

  /**
   * Returns when the function has ended.
   *
   * @param api where the functions listen
   * @throws IllegalStateException when there is no such timer, or it failed
   */
  public static void run(String api, String function) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/admin/functions/" + function))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 202) {
        throw new IllegalStateException("The timer " + function + " answered " + status);
      }
    }
  }
}
