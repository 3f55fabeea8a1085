package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTests {

  @ParameterizedTest
  @CsvSource({
    "'\"v3\"', 3",
    "' \"v0\" ', 0",
    "'\"3\"', -1",
    "'W/\"v3\"', -1",
    "'\"abc\"', -1",
    "'\"\"', -1"
  })
  void ifMatchNamesAVersionOrNone(String header, int version) {
    assertThat(Headers.ifMatch(TestRequest.withHeaders(Map.of("if-match", header))))
        .isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({
    "*, PRECONDITION_REQUIRED",
    "' ', PRECONDITION_REQUIRED",
    "3, MALFORMED_REQUEST",
    "'\"1\", \"2\"', MALFORMED_REQUEST"
  })
  void otherFormsOfIfMatchAreRefused(String header, GeneralProblem problem) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Headers.ifMatch(TestRequest.withHeaders(Map.of("If-Match", header))))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void withoutIfMatchTheVersionIsAskedFor() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Headers.ifMatch(TestRequest.withHeaders(Map.of())))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.PRECONDITION_REQUIRED));
  }

  @Test
  void anIdempotencyKeyIsPrintableAndShort() {
    assertThat(key("8e03978e-40d5-43dd-bc93-6894a57f9324"))
        .isEqualTo("8e03978e-40d5-43dd-bc93-6894a57f9324");
    assertThat(key("k".repeat(255))).hasSize(255);
    assertKeyRefused("k".repeat(256), GeneralProblem.MALFORMED_REQUEST);
    assertKeyRefused("schlüssel", GeneralProblem.MALFORMED_REQUEST);
    assertKeyRefused("  ", GeneralProblem.IDEMPOTENCY_KEY_REQUIRED);
  }

  private static void assertKeyRefused(String key, GeneralProblem problem) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> key(key))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static String key(String key) {
    return Headers.idempotencyKey(TestRequest.withHeaders(Map.of("idempotency-key", key)));
  }
}
