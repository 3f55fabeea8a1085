package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import io.dorsal.problem.Category;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemResponsesTests {

  private final ProblemResponses responses = new ProblemResponses(Clock.systemUTC());

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
          ProblemResponses.identified("t", "u");
          during.putAll(MDC.getCopyOfContextMap());
          throw new ProblemException(GeneralProblem.NOT_FOUND, "No.");
        });

    assertThat(during)
        .containsKeys("trace_id", "span_id")
        .containsEntry("request_id", "0123456789")
        .containsEntry("route", "things")
        .containsEntry("tenant_id", "t")
        .containsEntry("user_id", "u");
    assertThat(during.keySet()).allSatisfy(key -> assertThat(MDC.get(key)).isNull());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"abc", "not valid!", "-"},
      nullValues = "-")
  void anUnusableRequestIdIsReplacedByAUuid7(@Nullable String given) {
    assertThat(RequestIds.accept(given, Clock.systemUTC()))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void aUuid7BeginsWithItsTime() {
    assertThat(RequestIds.uuid7(0x0123456789abL).toString()).startsWith("01234567-89ab-7");
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void everyCategoryIsARefusal(Category category) {
    assertThat(ProblemResponses.status(category)).isBetween(400, 503);
    if (category.retryable()) {
      assertThat(ProblemResponses.status(category)).isGreaterThanOrEqualTo(500);
    }
  }

  private HttpResponseMessage refused(
      Map<String, String> headers, Supplier<HttpResponseMessage.Builder> work) {
    return responses.answer(new Request(headers), "things", work);
  }

  private static JsonNode body(HttpResponseMessage answer) {
    return JsonMapper.shared().readTree(answer.getBody().toString());
  }

  private record Request(Map<String, String> headers)
      implements HttpRequestMessage<Optional<String>> {
    @Override
    public URI getUri() {
      return URI.create("http://127.0.0.1/api/v1/things?sig=hidden");
    }

    @Override
    public HttpMethod getHttpMethod() {
      return HttpMethod.GET;
    }

    @Override
    public Map<String, String> getHeaders() {
      return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
      return Map.of();
    }

    @Override
    public Optional<String> getBody() {
      return Optional.empty();
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
      return new Reply(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
      return new Reply(status);
    }
  }

  private static final class Reply implements HttpResponseMessage, HttpResponseMessage.Builder {
    private final HttpStatusType status;
    private final Map<String, String> headers = new HashMap<>();
    private Object body = "";

    Reply(HttpStatusType status) {
      this.status = status;
    }

    @Override
    public HttpStatusType getStatus() {
      return status;
    }

    @Override
    public String getHeader(String key) {
      return Objects.requireNonNull(headers.get(key));
    }

    @Override
    public Object getBody() {
      return body;
    }

    @Override
    public Builder status(HttpStatusType ignored) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Builder header(String key, String value) {
      headers.put(key, value);
      return this;
    }

    @Override
    public Builder body(Object newBody) {
      body = newBody;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      return this;
    }
  }
}
