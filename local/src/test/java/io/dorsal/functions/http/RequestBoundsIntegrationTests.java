package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-36: how much of a call is read, and how long it may take. */
@ExtendWith(ApiStack.Started.class)
class RequestBoundsIntegrationTests {

  @Test
  void aBodyOfTwoMebibytesIsTooLarge(ApiStack api) {
    String body = "{\"name\":\"" + "a".repeat(2 << 20) + "\"}";
    Answer answer = api.post("/connections", api.token(ApiStack.tenant(), "TENANT_ADMIN"), body);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.at("/code")).isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(answer.at("/details/limited_by")).isEqualTo("JSON_BODY");
    assertThat(answer.body().at("/details/limit_bytes").asInt()).isEqualTo(1 << 20);
  }

  @Test
  void fortyKibibytesOfHeadersAreTooMany(ApiStack api) {
    String token = api.token(ApiStack.tenant(), "VIEWER");
    String[] headers = {"X-One", "a".repeat(20 << 10), "X-Two", "a".repeat(20 << 10)};
    Answer answer = api.call("GET", "/scans", token, null, headers);
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.at("/code")).isEqualTo("HEADERS_TOO_LARGE");
    assertThat(answer.at("/details/limited_by")).isEqualTo("HEADERS");
  }

  @Test
  void aUrlOfNineKibibytesIsTooLong(ApiStack api) {
    String token = api.token(ApiStack.tenant(), "VIEWER");
    Answer answer = api.get("/scans?cursor=" + "a".repeat(9 << 10), token);
    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.at("/code")).isEqualTo("URL_TOO_LONG");
    assertThat(api.get("/nowhere?x=" + "a".repeat(9 << 10), token).status()).isEqualTo(414);
  }

  @Test
  void aCallOverThirtySecondsIsEndedAndNothingOfItIsKept(ApiStack api) throws Exception {
    String token = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    var archive = api.archive(2);
    Answer made =
        api.post("/connections", token, ApiStack.connecting("Before", archive, archive.sas()));
    String path = "/connections/" + made.at("/id");
    Answer answer;
    long begin = System.nanoTime();
    try (Connection other = DriverManager.getConnection(api.stack().jdbcUrl())) {
      lock(other, made.at("/id"));
      answer =
          api.call(
              "PATCH",
              path,
              token,
              "{\"name\":\"After\"}",
              "If-Match",
              made.headers().getOrDefault("ETag", ""));
      other.rollback();
    }
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.at("/code")).isEqualTo("REQUEST_TIMEOUT");
    assertThat(answer.body().path("retryable").asBoolean()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(40));
    Thread.sleep(2_000);
    Answer now = api.get(path, token);
    assertThat(now.at("/name")).isEqualTo("Before");
    assertThat(now.headers().get("ETag")).isEqualTo(made.headers().get("ETag"));
  }

  private static void lock(Connection other, String id) throws SQLException {
    other.setAutoCommit(false);
    try (var statement = other.createStatement()) {
      statement.execute("select 1 from dorsal.connection where id = '" + id + "' for update");
    }
  }
}
