package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiContract.Operation;
import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 40-21: whatever is sent to any route, the refusal is whole, registered, and tells no secret. */
@ExtendWith(ApiStack.Started.class)
class ProblemBodiesIntegrationTests {

  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|\\bat io\\.dorsal|\\bat java\\.|\\tat |org\\.|java\\.|jdbc|(?i)select .* from"
              + "|insert into|127\\.0\\.0\\.1|localhost|password|m4rk3r");

  private static final List<String> BODIES =
      List.of(
          "",
          "{nope",
          "[]",
          "7",
          "null",
          "\"text\"",
          "{}",
          "{\"name\":7,\"secret\":[\"m4rk3r\"],\"id\":{},\"enabled\":\"x\"}",
          "{\"no such member\":1,\"sig=m4rk3r\":2}",
          "{\"name\":\"\\u0000\",\"cron\":\"\\ud800\"}",
          "{\"name\":\"a\",\"name\":\"b\"}",
          "[".repeat(2_000));

  private static final List<String> IDS =
      List.of(
          UUID.randomUUID().toString(),
          "17",
          "%00",
          "%2e%2e",
          "'%20or%201=1--",
          "9".repeat(3_000),
          "%F0%9F%90%B3",
          "{id}".replace("{", "%7B").replace("}", "%7D"));

  private static final List<String> QUERIES =
      List.of(
          "limit=0",
          "limit=-1",
          "limit=99999999999",
          "limit=x",
          "cursor=abc",
          "cursor=%00",
          "cursor=" + "QUJD".repeat(500),
          "no_such_parameter=m4rk3r",
          "sig=m4rk3r",
          "type=x&state=x&kind=x&status=x&class=x&from=x&to=x&days=x&min_confidence=7&q=%00");

  @Test
  void everyRefusalIsWholeAndTellsNothingOfTheInside(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    List<Answer> answers = new ArrayList<>();
    for (Operation operation : api.contract().operations()) {
      if (operation.path().endsWith("/events")) {
        continue;
      }
      String path = at(operation, IDS.getFirst());
      String method = operation.method();
      for (String id : operation.path().contains("{") ? IDS : List.<String>of()) {
        answers.add(send(api, method, at(operation, id), admin, body(method, "{}")));
      }
      for (String query : QUERIES) {
        answers.add(send(api, method, path + "?" + query, admin, body(method, "{}")));
      }
      if (!method.equals("GET")) {
        BODIES.forEach(body -> answers.add(send(api, method, path, admin, body)));
        answers.add(send(api, method, path, admin, "{}", "Content-Type", "text/html"));
        answers.add(send(api, method, path, admin, "{}", "If-Match", "m4rk3r"));
        answers.add(send(api, method, path, admin, "{}", "Idempotency-Key", "\u00e9".repeat(300)));
      }
      answers.add(send(api, method, path, "m4rk3r", body(method, "{}")));
      answers.add(send(api, method, path, null, body(method, "{}")));
      answers.add(send(api, method, path + "/m4rk3r/%00", admin, body(method, "{}")));
      for (String other : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        if (api.contract().operations().stream()
            .noneMatch(
                each -> each.method().equals(other) && each.path().equals(operation.path()))) {
          answers.add(send(api, other, path, admin, body(other, "{}")));
        }
      }
    }
    List<Answer> refusals = answers.stream().filter(answer -> answer.status() >= 400).toList();
    assertThat(refusals).hasSizeGreaterThan(500).allSatisfy(ProblemBodiesIntegrationTests::check);
    assertThat(refusals)
        .extracting(answer -> answer.at("/code"))
        .contains(
            "MALFORMED_REQUEST",
            "VALIDATION_FAILED",
            "PAGE_CURSOR_INVALID",
            "UNSUPPORTED_MEDIA_TYPE",
            "NOT_FOUND",
            "METHOD_NOT_ALLOWED",
            "AUTH_TOKEN_MISSING",
            "AUTH_TOKEN_INVALID");
  }

  @Test
  void theEdgeRefusesInTheSameForm(ApiStack api) {
    String viewer = api.token(ApiStack.tenant(), "VIEWER");
    String path = "/scans/" + UUID.randomUUID() + "/events";
    check(api.call("GET", path, viewer, null));
    check(api.call("GET", "/scans/17/events", viewer, null));
    check(api.call("GET", path, null, null));
    check(api.call("GET", path, "m4rk3r", null));
    check(api.call("POST", path, viewer, "{}"));
  }

  @Test
  void aBodyOverTheLimitIsRefusedInTheSameForm(ApiStack api) {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    Answer large = api.post("/connections", admin, "{\"name\":\"" + "a".repeat(1 << 20) + "\"}");
    check(large);
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.at("/details/limited_by")).isEqualTo("JSON_BODY");
  }

  private static void check(Answer answer) {
    assertThat(answer.headers())
        .as(answer.text())
        .containsEntry("Content-Type", "application/problem+json");
    assertThat(answer.body().propertyNames())
        .containsExactly(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "trace_id",
            "request_id",
            "retryable",
            "fix",
            "details");
    ErrorCode code =
        ErrorCode.of(answer.at("/code")).orElseThrow(() -> new AssertionError(answer.text()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(code.status()).isLessThan(500);
    assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
    assertThat(answer.body().path("retryable").asBoolean()).isEqualTo(code.retryable());
    assertThat(answer.at("/type")).isEqualTo("urn:dorsal:error:" + code);
    assertThat(answer.headers()).containsEntry("X-Request-Id", answer.at("/request_id"));
    assertThat(answer.at("/trace_id")).matches("[0-9a-f]{32}");
    assertThat(answer.at("/fix")).isNotBlank();
    if (code == ErrorCode.VALIDATION_FAILED) {
      assertThat(answer.body().at("/details/fields"))
          .isNotEmpty()
          .allSatisfy(
              field ->
                  assertThat(field.propertyNames())
                      .containsExactly("field", "pointer", "code", "message"));
    }
    var shown = (tools.jackson.databind.node.ObjectNode) answer.body().deepCopy();
    // The caller's own path.
    shown.remove("instance");
    assertThat(INSIDE.matcher(shown.toString()).results().map(match -> match.group()))
        .as(answer.text())
        .isEmpty();
  }

  private static @Nullable String body(String method, String body) {
    return method.equals("GET") || method.equals("DELETE") ? null : body;
  }

  private static String at(Operation operation, String id) {
    return operation.path().replaceAll("\\{[^}]+}", java.util.regex.Matcher.quoteReplacement(id));
  }

  private static Answer send(
      ApiStack api,
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "\"v9999\""));
    all.addAll(List.of(headers));
    return api.call(method, path, token, body, all.toArray(String[]::new));
  }
}
