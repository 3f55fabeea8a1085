package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsHostTests {

  private static final String GUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path app;
  private FunctionsHost host;
  private final Map<String, String> settings = new HashMap<>(Map.of("TICK", "* * * * * *"));

  FunctionsHostTests(@TempDir Path directory) throws IOException {
    app = directory;
    SampleApp.create(app, 4);
    SampleApp.http(app, "Echo", "echo", "things/{id:guid}/echo", "GET", "POST", "HEAD");
    SampleApp.http(app, "Special", "special", "things/special", "GET");
    SampleApp.http(app, "Thing", "thing", "things/{id}", "GET", "DELETE");
    SampleApp.http(app, "Bytes", "bytes", "bytes", "PUT");
    SampleApp.http(app, "Broken", "broken", "broken");
    SampleApp.http(app, "Slow", "slow", "slow", "GET");
    SampleApp.http(app, "Seen", "seen", "seen", "GET");
    SampleApp.function(app, "Event", "event", Map.of("type", "eventGridTrigger", "name", "event"));
    host = FunctionsHost.start(app, 0, HostSettings.of(settings));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void aFunctionSeesTheWholeRequest() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var request =
        request("/api/v1/things/" + GUID + "/echo?q=a%20b&q=c+d")
            .header("X-Many", "one")
            .header("X-Many", "two")
            .header("traceparent", trace)
            .POST(BodyPublishers.ofString("größe"))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .startsWith(
            "POST|" + GUID + "|a b,c d|one,two|größe|Echo|00-4bf92f3577b34da6a3ce929d0e0e4736-")
        .doesNotContain("00f067aa0ba902b7");
    assertThat(answer.headers().firstValue("X-Loader")).hasValue("functions-app");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/things/special, 200, special",
    "GET, /api/v1/THINGS/Special, 200, special",
    "GET, /api/v1/things/a%2Fb%20c, 200, thing a%2Fb c",
    "DELETE, /api/v1/things/special, 200, thing special",
    "GET, /api/v1/things/not-a-guid/echo, 404, NOT_FOUND",
    "GET, /api/v1/nothing, 404, NOT_FOUND",
    "GET, /things/special, 404, NOT_FOUND",
    "POST, /api/v1/things/x, 405, METHOD_NOT_ALLOWED",
    "GET, /api/v1/broken, 500, INTERNAL_ERROR",
  })
  void routesAndMethods(String method, String path, int status, String body) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 200) {
      assertThat(answer.body()).isEqualTo(body);
    } else {
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.body())
          .contains("\"code\":\"" + body + "\"", "\"status\":" + status, "\"trace_id\":\"")
          .doesNotContain("Exception");
    }
    if (status == 405) {
      assertThat(answer.headers().firstValue("Allow")).hasValue("DELETE, GET");
    }
  }

  @Test
  void bytesStayBytes() throws Exception {
    byte[] sent = new byte[1 << 20];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31);
    }
    var request = request("/api/v1/bytes").PUT(BodyPublishers.ofByteArray(sent)).build();

    assertThat(CLIENT.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(sent);
  }

  @Test
  void headHasHeadersAndNoBody() throws Exception {
    var request = request("/api/v1/things/" + GUID + "/echo").HEAD().build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(50);
  }

  @Test
  void eventGridIsValidatedAndDelivered() throws Exception {
    assertThat(deliver("Event", "SubscriptionValidation", "[{'data':{'validationCode':'42'}}]"))
        .isEqualTo("200 {\"validationResponse\":\"42\"}");
    assertThat(deliver("Event", "Notification", "[{'id':'1'},{'id':'2'}]")).isEqualTo("202 ");
    assertThat(deliver("Event", "Notification", "[{'id':'poison'}]")).isEqualTo("500 ");
    assertThat(deliver("Event", "Notification", "no json")).isEqualTo("400 ");
    assertThat(deliver("Nobody", "Notification", "[]")).isEqualTo("404 ");
    assertThat(get("/api/v1/seen").lines())
        .containsExactly("event {\"id\":\"1\"}", "event {\"id\":\"2\"}");
  }

  @Test
  void aTimerFiresAndCanBeDisabled() throws Exception {
    var timer =
        Map.<String, Object>of("type", "timerTrigger", "name", "timer", "schedule", "%TICK%");
    SampleApp.function(app, "Tick", "tick", timer);
    host.close();
    host = FunctionsHost.start(app, 0, HostSettings.of(settings));
    Thread.sleep(2300);
    assertThat(get("/api/v1/seen").lines().toList())
        .hasSizeBetween(2, 3)
        .allMatch(
            line -> line.startsWith("tick {\"Schedule\":") && line.contains("\"IsPastDue\":false"));

    host.close();
    settings.put("AzureWebJobs.Tick.Disabled", "true");
    host = FunctionsHost.start(app, 0, HostSettings.of(settings));
    assertThat(host.functionNames()).doesNotContain("Tick").contains("Seen");
  }

  @Test
  void aStopLetsTheCallInFlightFinishAndTakesNoOther() throws Exception {
    CompletableFuture<HttpResponse<String>> slow =
        CLIENT.sendAsync(request("/api/v1/slow").build(), BodyHandlers.ofString());
    Thread.sleep(500);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(host::close);
    Thread.sleep(200);
    assertThat(CLIENT.send(request("/api/v1/seen").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
    closing.join();
    assertThat(slow.join().body()).isEqualTo("done");
    assertThatThrownBy(() -> get("/api/v1/seen")).isInstanceOf(ConnectException.class);
  }

  @Test
  void hostsRunSideBySideWithoutSharingState() throws Exception {
    deliver("Event", "Notification", "[{'id':'1'}]");
    try (FunctionsHost other = FunctionsHost.start(app, 0, HostSettings.of(settings))) {
      var seen = java.net.http.HttpRequest.newBuilder(other.baseUrl().resolve("/api/v1/seen"));
      assertThat(CLIENT.send(seen.build(), BodyHandlers.ofString()).body()).isEmpty();
    }
    assertThat(get("/api/v1/seen")).isEqualTo("event {\"id\":\"1\"}");
  }

  @Test
  void whatIsNotOfferedIsRefusedAtTheStart() throws Exception {
    SampleApp.function(app, "Blob", "tick", Map.of("type", "blobTrigger", "name", "timer"));
    assertThatThrownBy(() -> FunctionsHost.start(app, 0, HostSettings.of(settings)))
        .hasMessage("Blob: this host offers no blobTrigger");
    SampleApp.function(
        app, "Blob", "tick", Map.of("type", "timerTrigger", "name", "timer", "schedule", "%NO%"));
    assertThatThrownBy(() -> FunctionsHost.start(app, 0, HostSettings.of(settings)))
        .hasMessage("The setting NO is missing");
  }

  private String deliver(String function, String kind, String body) throws Exception {
    var request =
        request("/runtime/webhooks/EventGrid?functionName=" + function)
            .header("aeg-event-type", kind)
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private String get(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  private java.net.http.HttpRequest.Builder request(String path) {
    return java.net.http.HttpRequest.newBuilder(URI.create(host.baseUrl() + path))
        .timeout(Duration.ofSeconds(20));
  }
}
