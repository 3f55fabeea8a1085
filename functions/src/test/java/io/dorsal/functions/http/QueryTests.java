package io.dorsal.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTests {

  private enum Size {
    SMALL,
    LARGE
  }

  @Test
  void parametersAreReadByName() {
    Query query =
        query(
            Map.of(
                "limit",
                "7",
                "q",
                "a b",
                "size",
                "LARGE",
                "deep",
                "false",
                "from",
                "2024-05-31",
                "to",
                "2024-05-31"));

    query.paged(10);
    assertThat(query.text("q")).isEqualTo("a b");
    assertThat(query.constant("size", Size.class)).isEqualTo(Size.LARGE);
    assertThat(query.flag("deep")).isFalse();
    assertThat(query.moment("from", false)).isEqualTo(LocalDateTime.of(2024, 5, 31, 0, 0));
    assertThat(query.moment("to", true)).isEqualTo(LocalDateTime.of(2024, 6, 1, 0, 0));
    assertThat(query.id("absent")).isNull();
    assertThat(query.check().limit()).isEqualTo(7);
  }

  @Test
  void everyWrongAndUnknownParameterIsNamed() {
    Query query =
        query(
            Map.of(
                "limit",
                "11",
                "size",
                "HUGE",
                "deep",
                "yes",
                "id",
                "x",
                "from",
                "2024-13-01",
                "other",
                "1",
                "q",
                "a\u0000"));
    query.paged(10);
    query.constant("size", Size.class);
    query.flag("deep");
    query.id("id");
    query.moment("from", false);
    query.text("q");

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(query::check)
        .satisfies(
            e ->
                assertThat(e.details().get("fields"))
                    .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
                    .extracting(FieldError::pointer)
                    .containsExactlyInAnyOrder(
                        "/limit", "/size", "/deep", "/id", "/from", "/other", "/q"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "", "9999999999", "1.5"})
  void aLimitOutsideOfItsRangeIsRefused(String limit) {
    Query query = query(Map.of("limit", limit)).paged(200);
    assertThatExceptionOfType(ProblemException.class).isThrownBy(query::check);
  }

  @Test
  void aCursorPointsWhereItWasMadeTo() {
    String cursor = Objects.requireNonNull(list("a", Map.of("q", "x")).cursorTo("2024/ü\n.jpg"));

    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    assertThat(list("a", Map.of("q", "x", "cursor", cursor)).after()).contains("2024/ü\n.jpg");
    assertThat(list("a", Map.of("q", "x", "cursor", cursor, "limit", "3")).after()).isPresent();
    assertThat(list("a", Map.of()).after()).isEmpty();
  }

  @Test
  void aCursorOfAnotherListOrOtherFiltersIsRefused() {
    String cursor = Objects.requireNonNull(list("a", Map.of("q", "x")).cursorTo("p"));

    assertThat(
            List.of(
                list("b", Map.of("q", "x", "cursor", cursor)),
                list("a", Map.of("q", "y", "cursor", cursor)),
                list("a", Map.of("cursor", cursor)),
                list("a", Map.of("q", "x", "cursor", cursor.substring(1))),
                list("a", Map.of("cursor", "")),
                list("a", Map.of("cursor", "%%%"))))
        .allSatisfy(
            query ->
                assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(query::after)
                    .satisfies(
                        e ->
                            assertThat(e.problem()).isEqualTo(GeneralProblem.PAGE_CURSOR_INVALID)));
  }

  @Test
  void sectionsLeaveNothingOutAndRepeatNothing() {
    List<String> all = List.of("a", "b", "c", "d", "e");
    PageAnswer<String> first = section(all, null);
    PageAnswer<String> second = section(all, first.nextCursor());
    PageAnswer<String> third = section(all, second.nextCursor());

    assertThat(first.items()).containsExactly("a", "b");
    assertThat(second.items()).containsExactly("c", "d");
    assertThat(third.items()).containsExactly("e");
    assertThat(third.nextCursor()).isNull();
    assertThat(section(List.of(), null)).isEqualTo(new PageAnswer<>(List.of(), null));
  }

  private static PageAnswer<String> section(
      List<String> all, @org.jspecify.annotations.Nullable String cursor) {
    Map<String, String> parameters = new HashMap<>(Map.of("limit", "2"));
    if (cursor != null) {
      parameters.put("cursor", cursor);
    }
    return Sections.of(all, query(parameters).paged(10).check(), item -> item);
  }

  private static Query list(String name, Map<String, String> parameters) {
    Query query = Query.of(TestRequest.withQuery(parameters), name).paged(10);
    query.text("q");
    return query.check();
  }

  private static Query query(Map<String, String> parameters) {
    return Query.of(TestRequest.withQuery(parameters), "things");
  }
}
