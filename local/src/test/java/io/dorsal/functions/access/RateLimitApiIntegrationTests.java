package io.dorsal.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.functions.SecondHost;
import io.dorsal.local.ServersForTests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * 40-16: one token's calls over three replicas. The database's time, by which minutes are counted,
 * goes on when the test says so: a slow machine changes nothing.
 */
@ExtendWith(ApiStack.Started.class)
class RateLimitApiIntegrationTests {

  private static final Map<String, String> LIMITED = Map.of("DORSAL_RATE_LIMITS", "true");
  private static final int CALLS = 1_100;

  @Test
  void scenario16ThreeReplicasTogetherLetAThousandReadsPass(ApiStack api) throws Exception {
    String token = api.token(ApiStack.tenant(), "VIEWER");
    try (SecondHost one = SecondHost.beside(api.stack(), LIMITED);
        SecondHost two = SecondHost.beside(api.stack(), LIMITED);
        SecondHost three = SecondHost.beside(api.stack(), LIMITED);
        HttpClient http = HttpClient.newHttpClient()) {
      List<SecondHost> hosts = List.of(one, two, three);
      long begin = Instant.now().getEpochSecond();
      stop(api, begin);
      List<HttpResponse<String>> answers = read(http, hosts, token);

      List<HttpResponse<String>> refused =
          answers.stream().filter(answer -> answer.statusCode() == 429).toList();
      assertThat(answers.size() - refused.size()).isBetween(960, 1_000);
      assertThat(answers)
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isIn(404, 429);
                assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo("1000");
                assertThat(header(answer, "X-RateLimit-Remaining")).matches("[0-9]{1,4}");
                assertThat(Long.parseLong(header(answer, "X-RateLimit-Reset")))
                    .isGreaterThan(begin);
              });
      assertThat(refused)
          .allSatisfy(
              answer -> {
                assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 62);
                var body = JsonMapper.shared().readTree(answer.body());
                assertThat(body.at("/code").asString()).isEqualTo("RATE_LIMITED");
                assertThat(body.at("/retryable").asBoolean()).isTrue();
                assertThat(body.at("/details/dimension").asString()).isEqualTo("TOKEN");
                assertThat(body.at("/details/limit").asInt()).isEqualTo(1_000);
                assertThat(body.at("/details/window_seconds").asInt()).isEqualTo(60);
              });
      HttpResponse<String> now = call(http, one, token);
      assertThat(now.statusCode()).isEqualTo(429);
      stop(api, begin + Integer.parseInt(header(now, "Retry-After")));
      api.await(
          "a call after that time passes",
          () -> call(http, two, token).statusCode() == 404 ? true : null);
    } finally {
      clock(api, "clock_timestamp()");
    }
  }

  @Test
  void moreThanTwentyFailedKeysOfAnAddressAreRefusedAndNobodyElse(ApiStack api) throws Exception {
    String token = api.token(ApiStack.tenant(), "VIEWER");
    try (SecondHost host = SecondHost.beside(api.stack(), LIMITED)) {
      stop(api, Instant.now().getEpochSecond());
      for (int i = 0; i <= 20; i++) {
        Answer refused = failing(api, host, "dk_AAAAAAAA_" + String.valueOf(i % 10).repeat(43));
        assertThat(refused.at("/code")).isEqualTo(i < 20 ? "API_KEY_INVALID" : "RATE_LIMITED");
      }
      assertThat(failing(api, host, "no key at all").at("/details/dimension"))
          .isEqualTo("FAILED_KEYS");
      assertThat(api.callAt(host.address(), "GET", "/scans", token, null).status()).isEqualTo(200);
    } finally {
      clock(api, "clock_timestamp()");
    }
  }

  private static Answer failing(ApiStack api, SecondHost host, String key) {
    return api.callAt(host.address(), "GET", "/scans", null, null, "X-API-Key", key);
  }

  /** The time stands still there, in seconds since 1970. */
  private static void stop(ApiStack api, long second) {
    clock(api, "to_timestamp(" + second + ")");
  }

  private static void clock(ApiStack api, String now) {
    Map<String, String> owner = new HashMap<>(api.stack().database().settings());
    owner.putAll(api.stack().database().migration());
    try (HikariDataSource database = ServersForTests.Postgres.pool(owner)) {
      new JdbcTemplate(database)
          .execute(
              """
              create or replace function rate_clock() returns timestamptz language sql volatile as
                'select %s'
              """
                  .formatted(now));
    }
  }

  private static List<HttpResponse<String>> read(
      HttpClient http, List<SecondHost> hosts, String token) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        SecondHost host = hosts.get(i % hosts.size());
        calls.add(() -> call(http, host, token));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static HttpResponse<String> call(HttpClient http, SecondHost host, String token)
      throws Exception {
    URI uri = URI.create(host.address() + "/api/v1/scans/" + UUID.randomUUID());
    var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
