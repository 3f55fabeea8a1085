package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTests {

  record Thing(
      @Nullable UUID sourceId,
      @Nullable String name,
      @Nullable List<String> include,
      @Nullable Boolean deep) {}

  @Test
  void aBodyBecomesARecord() {
    assertThat(
            read(
                """
                {"source_id": "00000000-0000-0000-0000-00000000000a", "name": null,
                 "include": ["a", "b"], "deep": true}
                """))
        .isEqualTo(new Thing(new UUID(0, 10), null, List.of("a", "b"), true));
    assertThat(read("{}")).isEqualTo(new Thing(null, null, null, null));
  }

  @Test
  void membersSetToNullAreToldFromAbsentOnes() {
    var request = TestRequest.withBody("application/json", "{\"name\": null, \"deep\": true}");
    assertThat(Requests.nulls(request)).containsExactly("name");
  }

  @Test
  void everyWrongMemberIsNamedWithItsPlace() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                read(
                    """
                    {"source_id": "1-1-1-1-1", "name": 5, "include": ["a", null, 3], "deep": "true",
                     "sourceId": "x", "a/b~c": 1}
                    """))
        .satisfies(
            e -> {
              assertThat(e.problem()).isEqualTo(GeneralProblem.VALIDATION_FAILED);
              assertThat(e.detail()).isEqualTo("source_id must be a UUID. (+6 more)");
              assertThat(e.details().get("fields"))
                  .asInstanceOf(
                      org.assertj.core.api.InstanceOfAssertFactories.list(FieldError.class))
                  .extracting(FieldError::pointer, FieldError::code)
                  .containsExactly(
                      org.assertj.core.groups.Tuple.tuple("/source_id", "WRONG_TYPE"),
                      org.assertj.core.groups.Tuple.tuple("/name", "WRONG_TYPE"),
                      org.assertj.core.groups.Tuple.tuple("/include/1", "WRONG_TYPE"),
                      org.assertj.core.groups.Tuple.tuple("/include/2", "WRONG_TYPE"),
                      org.assertj.core.groups.Tuple.tuple("/deep", "WRONG_TYPE"),
                      org.assertj.core.groups.Tuple.tuple("/sourceId", "UNKNOWN_MEMBER"),
                      org.assertj.core.groups.Tuple.tuple("", "UNKNOWN_MEMBER"));
            });
  }

  @Test
  void whatLooksLikeNoNameIsNotRepeated() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"?sv=2026&sig=MARKER\": 1}"))
        .satisfies(
            e ->
                assertThat(e.detail() + e.details())
                    .contains("There is a member whose name cannot be one.")
                    .doesNotContain("MARKER"));
  }

  @Test
  void aTextTheDatabaseCannotKeepIsRefused() {
    assertRefused("{\"name\": \"a\\u0000b\"}", GeneralProblem.VALIDATION_FAILED);
    assertRefused("{\"name\": \"a\\ud800b\"}", GeneralProblem.VALIDATION_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "nope", "{\"a\":1} {}", "{\"a\":1,\"a\":2}", "{'a':1}"})
  void whatIsNotOneJsonValueIsMalformed(String body) {
    assertRefused(body, GeneralProblem.MALFORMED_REQUEST);
  }

  @Test
  void theParsersMessageIsNotShown() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"secret\": sig=MARKER}"))
        .satisfies(e -> assertThat(e.detail()).doesNotContain("MARKER").contains("line 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "1", "null"})
  void anythingButAnObjectIsInvalid(String body) {
    assertRefused(body, GeneralProblem.VALIDATION_FAILED);
  }

  @Test
  void aBodyOverOneMebibyteIsTooLarge() {
    String fits = "{\"name\": \"" + "a".repeat((1 << 20) - 12) + "\"}";
    assertThat(fits).hasSize(1 << 20);
    assertThat(read(fits).name()).hasSize((1 << 20) - 12);
    assertRefused(fits + " ", GeneralProblem.PAYLOAD_TOO_LARGE);
    assertRefused("{\"name\": \"" + "ü".repeat(600_000) + "\"}", GeneralProblem.PAYLOAD_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({"application/json", "APPLICATION/JSON", "'application/json; charset=utf-8'"})
  void jsonByWhateverSpellingIsTaken(String type) {
    assertThat(Requests.body(TestRequest.withBody(type, "{}"), Thing.class)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", " ", "json"})
  void otherContentTypesAreNot(String type) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Requests.body(TestRequest.withBody(type, "{}"), Thing.class))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.UNSUPPORTED_MEDIA_TYPE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "nope", "1-1-1-1-1", "00000000-0000-0000-0000-00000000000g"})
  void nothingHasAnIdOfAnotherForm(String id) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Requests.id(id))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.NOT_FOUND));
  }

  private static void assertRefused(String body, GeneralProblem problem) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(body))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static Thing read(String body) {
    return Requests.body(TestRequest.withBody("application/json", body), Thing.class);
  }
}
