package io.dorsal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** What holds for every code of every room, and that people read the same as programs do. */
class ProblemRegisterTests {

  /** Warnings of the doctor: told in its report, never thrown, so no errors. */
  private static final List<String> WARNINGS =
      List.of(
          "SAS_EXPIRES_SOON",
          "SAS_EXPIRES_DURING_RUN",
          "SAS_SCOPE_DIRECTORY",
          "SAS_PROTOCOL_HTTP",
          "SAS_TOO_POWERFUL",
          "SAS_LONG_LIVED",
          "SAS_STORED_POLICY",
          "SAS_VERSION_OLD",
          "CONTAINER_EMPTY",
          "READ_ARCHIVED");

  private static final Pattern THROWN =
      Pattern.compile("new ProblemException\\(\\s*[A-Za-z]+Problem\\.([A-Z_0-9]+)");

  @Test
  void theRegisterIsWhatPeopleRead() throws IOException {
    List<String> read =
        Files.readAllLines(Path.of("../docs/errors.md")).stream()
            .filter(line -> line.matches("\\| [A-Z][A-Z0-9_]+ \\|.*"))
            .toList();
    assertThat(Arrays.stream(ErrorCode.values()).map(ProblemRegisterTests::row).toList())
        .containsExactlyElementsOf(read);
  }

  private static String row(ErrorCode code) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            code,
            code.isItem() ? "item" : code.status(),
            code.retryable() ? "yes" : "no",
            code.cause(),
            code.fix());
  }

  @Test
  void everyCodeIsWholeAndOfOneRoomOnly() throws ClassNotFoundException {
    List<Problem> problems = problems();
    assertThat(problems).hasSizeGreaterThan(40);
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.title()).as(problem.name()).endsWith(".").hasSizeLessThan(80);
              assertThat(problem.fix()).as(problem.name()).matches("(?s)[A-Z].*[.)]");
            });
    assertThat(problems).extracting(Problem::name).doesNotHaveDuplicates();
  }

  @Test
  void everyCodeIsInTheRegisterOrAWarning() throws ClassNotFoundException {
    assertThat(problems())
        .filteredOn(problem -> problem.registered().isEmpty())
        .extracting(Problem::name)
        .containsExactlyInAnyOrderElementsOf(WARNINGS);
  }

  @Test
  void whatIsThrownIsNoWarning() throws IOException {
    assertThat(sources().flatMap(text -> THROWN.matcher(text).results()).map(m -> m.group(1)))
        .hasSizeGreaterThan(50)
        .allMatch(code -> ErrorCode.of(code).isPresent());
  }

  /** Only enums of this module are looked at above, so there must be none elsewhere. */
  @Test
  void problemsAreOfTheRoomsOnly() throws IOException {
    for (String module : List.of("functions", "batch-jobs", "local")) {
      assertThat(sources(module)).noneMatch(text -> text.contains("implements Problem "));
    }
  }

  @Test
  void aRefusalAnswersAsTheRegisterSays() {
    assertThat(GeneralProblem.IDEMPOTENCY_IN_PROGRESS.status()).isEqualTo(409);
    assertThat(GeneralProblem.IDEMPOTENCY_IN_PROGRESS.retryable()).isTrue();
    assertThat(GeneralProblem.INTERNAL_ERROR.retryable()).isFalse();
    assertThat(ErrorCode.SOURCE_BUSY.isItem()).isTrue();
    assertThat(ErrorCode.SOURCE_BUSY.status()).isEqualTo(500);
  }

  private static Stream<String> sources() throws IOException {
    return Stream.concat(
        sources("shared-model"), Stream.concat(sources("functions"), sources("batch-jobs")));
  }

  private static Stream<String> sources(String module) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts.stream();
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
