package io.dorsal.functions.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40 §7 and §10 where nobody logs in or is let in: every answer has its id and its limits. */
@ExtendWith(ApiStack.Started.class)
class ProbesIntegrationTests {

  private static final Map<String, String> LIMITED = Map.of("DORSAL_RATE_LIMITS", "true");
  private static final String[] NAMED = {"X-Request-Id", "probe.12345"};

  @Test
  void probesOfEveryDeployableEchoTheRequestsId(ApiStack api) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String host :
          List.of(
              api.stack().api() + "/api/v1",
              api.stack().internal("edge"),
              api.stack().internal("worker-1"))) {
        for (String probe : List.of("/health", "/ready")) {
          var request = HttpRequest.newBuilder(URI.create(host + probe)).headers(NAMED).build();
          assertThat(http.send(request, BodyHandlers.discarding()).headers().map())
              .as(host + probe)
              .containsEntry("x-request-id", List.of("probe.12345"));
        }
      }
    }
  }

  @Test
  void anAddressAsksForHealthThreeHundredTimesAMinute(ApiStack api) throws Exception {
    try (SecondHost host = SecondHost.beside(api.stack(), LIMITED)) {
      List<Integer> statuses = IntStream.range(0, 302).mapToObj(i -> health(api, host)).toList();
      assertThat(statuses.subList(0, 250)).containsOnly(200);
      assertThat(statuses.getLast()).isEqualTo(429);
      Answer refused = api.callAt(host.address(), "GET", "/health", null, null, NAMED);
      assertThat(refused.at("/details/dimension")).isEqualTo("ADDRESS");
      assertThat(refused.headers()).containsEntry("X-RateLimit-Limit", "300");
      assertThat(refused.headers()).containsEntry("X-Request-Id", "probe.12345");
    }
  }

  private static int health(ApiStack api, SecondHost host) {
    return api.callAt(host.address(), "GET", "/health", null, null).status();
  }

  @Test
  void everyRefusalTellsWhatIsLeft(ApiStack api) throws Exception {
    String tenant = ApiStack.tenant();
    String viewer = api.token(tenant, "VIEWER");
    String gone = api.token(tenant, "PROFESSIONAL");
    String admin = api.token(tenant, "TENANT_ADMIN");
    String id = api.get("/me", gone).at("/id");
    api.post("/admin/users/" + id + "/deactivate", admin, "{}");
    try (SecondHost host = SecondHost.beside(api.stack(), LIMITED)) {
      assertTold(call(api, host, "GET", "/me", null, null), 401, "300");
      assertTold(call(api, host, "GET", "/me", "nonsense", null), 401, "300");
      assertTold(call(api, host, "GET", "/me", gone, null), 403, "300");
      assertTold(call(api, host, "GET", "/no/such/route", null, null), 404, "300");
      assertTold(call(api, host, "DELETE", "/me", null, null), 405, "300");
      String url = "/scans?cursor=" + "a".repeat(9 << 10);
      assertTold(call(api, host, "GET", url, viewer, null), 414, "300");
      String[] large = {"X-One", "a".repeat(20 << 10), "X-Two", "a".repeat(20 << 10)};
      assertTold(call(api, host, "GET", "/scans", viewer, null, large), 431, "300");
      String body = "{\"name\":\"" + "a".repeat(1 << 20) + "\"}";
      assertTold(call(api, host, "POST", "/connections", admin, body), 413, "300");
      // Who is known is told of the own minute.
      assertTold(call(api, host, "GET", "/scans/" + UUID.randomUUID(), viewer, null), 404, "1000");
    }
  }

  private static Answer call(
      ApiStack api,
      SecondHost host,
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    return api.callAt(host.address(), method, path, token, body, headers);
  }

  private static void assertTold(Answer answer, int status, String limit) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers())
        .containsEntry("X-RateLimit-Limit", limit)
        .containsKeys("X-RateLimit-Remaining", "X-RateLimit-Reset");
    assertThat(Integer.parseInt(answer.headers().getOrDefault("X-RateLimit-Remaining", "-1")))
        .isBetween(0, Integer.parseInt(limit));
  }
}
