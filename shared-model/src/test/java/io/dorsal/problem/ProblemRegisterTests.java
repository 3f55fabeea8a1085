package io.dorsal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** What holds for every code of every room. */
class ProblemRegisterTests {

  @Test
  void everyCodeIsWholeAndOfOneRoomOnly() throws ClassNotFoundException {
    List<Problem> problems = problems();
    assertThat(problems).hasSizeGreaterThan(40);
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.name()).matches("[A-Z][A-Z0-9_]+");
              assertThat(problem.title()).as(problem.name()).endsWith(".").hasSizeLessThan(80);
              assertThat(problem.fix()).as(problem.name()).matches("(?s)[A-Z].*[.)]");
              assertThat(problem.category()).as(problem.name()).isNotNull();
            });
    assertThat(problems).extracting(Problem::name).doesNotHaveDuplicates();
  }

  @Test
  void onlyWhatMaySucceedUnchangedIsRetryable() throws ClassNotFoundException {
    assertThat(problems())
        .filteredOn(Problem::retryable)
        .extracting(Problem::name)
        .containsExactlyInAnyOrder(
            "COPY_MISMATCH",
            "COPY_SOURCE_UNREACHABLE",
            "COPY_TARGET_DOWN",
            "IDEMPOTENCY_IN_PROGRESS",
            "IDENTITY_PROVIDER_UNAVAILABLE",
            "SERVICE_UNAVAILABLE",
            "SOURCE_BUSY",
            "UPSTREAM_ERROR");
    assertThat(EnumSet.allOf(Category.class))
        .filteredOn(Category::retryable)
        .containsExactly(Category.UPSTREAM, Category.UNAVAILABLE);
  }

  private static List<Problem> problems() throws ClassNotFoundException {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Problem.class));
    List<Problem> problems = new ArrayList<>();
    for (var found : scanner.findCandidateComponents("io.dorsal")) {
      Class<?> type = Class.forName(found.getBeanClassName());
      if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          problems.add((Problem) constant);
        }
      }
    }
    return problems;
  }
}
