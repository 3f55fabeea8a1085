package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpResponseMessage;
import io.dorsal.access.AccessProblem;
import io.dorsal.access.Caller;
import io.dorsal.access.RequestSettings;
import io.dorsal.access.TenantRole;
import io.dorsal.operations.HttpCall;
import io.dorsal.operations.Metrics;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemResponsesTests {

  private static final UUID TENANT = UUID.randomUUID();

  private final ProblemResponses responses =
      new ProblemResponses(
          Clock.systemUTC(),
          new RequestSettings(Duration.ofSeconds(30), false, 0),
          new Metrics(new StandardEnvironment()));

  @Test
  void aRefusalHasAllMembers() {
    HttpResponseMessage answer =
        refused(
            Map.of(
                "x-request-id", "console.12345",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            () -> {
              throw new ProblemException(
                  GeneralProblem.NAME_TAKEN, "Named alike.", Map.of("name", "a"));
            });

    assertThat(answer.getStatusCode()).isEqualTo(409);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.getHeader("X-Request-Id")).isEqualTo("console.12345");
    assertThat(body(answer))
        .hasToString(
            "{\"type\":\"urn:dorsal:error:NAME_TAKEN\",\"title\":\"The name is in use.\","
                + "\"status\":409,\"detail\":\"Named alike.\",\"instance\":\"/api/v1/things\","
                + "\"code\":\"NAME_TAKEN\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                + "\"request_id\":\"console.12345\",\"retryable\":false,"
                + "\"fix\":\"Choose another name.\",\"details\":{\"name\":\"a\"}}");
  }

  @Test
  void aRefusalHoldsNoSecretWhoeverWroteItsDetail() {
    HttpResponseMessage answer =
        refused(
            Map.of(),
            () -> {
              throw new ProblemException(
                  GeneralProblem.NAME_TAKEN, "Was sig=MARKER.", Map.of("sig", "MARKER"));
            });

    assertThat(body(answer).toString()).doesNotContain("MARKER").contains("Was sig=***");
  }

  @Test
  void whoeverProvesNothingIsToldHow() {
    HttpResponseMessage answer =
        refused(
            Map.of(),
            () -> {
              throw new ProblemException(AccessProblem.AUTH_TOKEN_MISSING, "Nothing was sent.");
            });

    assertThat(answer.getStatusCode()).isEqualTo(401);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void aDefectShowsNothingOfTheInside() {
    HttpResponseMessage answer =
        refused(
            Map.of(),
            () -> {
              throw new IllegalStateException("select secret from db-host");
            });

    assertThat(answer.getStatusCode()).isEqualTo(500);
    assertThat(body(answer).path("code").asString()).isEqualTo("INTERNAL_ERROR");
    assertThat(answer.getBody()).asString().doesNotContain("secret", "db-host", "IllegalState");
  }

  @Test
  void theLogContextHoldsTheCallAndIsEmptyAfterwards() {
    Map<String, String> during = new HashMap<>();
    refused(
        Map.of("x-request-id", "0123456789"),
        () -> {
          HttpCall.identified(Caller.of(TENANT, "u", TenantRole.MEMBER), null);
          during.putAll(MDC.getCopyOfContextMap());
          throw new ProblemException(GeneralProblem.NOT_FOUND, "No.");
        });

    assertThat(during)
        .containsKeys("trace_id", "span_id")
        .containsEntry("request_id", "0123456789")
        .containsEntry("route", "things")
        .containsEntry("tenant_id", TENANT.toString())
        .containsEntry("user_id", "u");
    assertThat(during.keySet()).allSatisfy(key -> assertThat(MDC.get(key)).isNull());
  }

  private HttpResponseMessage refused(
      Map<String, String> headers, Supplier<HttpResponseMessage.Builder> work) {
    return responses.answer(TestRequest.withHeaders(headers), "things", Map.of(), work);
  }

  private static JsonNode body(HttpResponseMessage answer) {
    return JsonMapper.shared().readTree(answer.getBody().toString());
  }
}
