package io.dorsal.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTests {

  @Test
  void namesEveryBrokenRuleAtOnceAndCountsThoseBehindTheFirst() {
    var validation =
        new Validation()
            .check(true, "kept", "X", "never said")
            .reject("name", "LENGTH", "name needs 1 to 100 characters.")
            .check(false, "mode", "UNKNOWN_VALUE", "mode must be AUTO.");
    var refusal = catchThrowableOfType(ProblemException.class, validation::orThrow);
    assertThat(refusal.problem()).isEqualTo(GeneralProblem.VALIDATION_FAILED);
    assertThat(refusal.detail()).isEqualTo("name needs 1 to 100 characters. (+1 more)");
    assertThat(refusal.details())
        .containsEntry(
            "fields",
            List.of(
                new FieldError("name", "/name", "LENGTH", "name needs 1 to 100 characters."),
                new FieldError("mode", "/mode", "UNKNOWN_VALUE", "mode must be AUTO.")));
  }

  @Test
  void passesWhereNothingIsBroken() {
    assertThatCode(() -> new Validation().check(true, "a", "X", "").orThrow())
        .doesNotThrowAnyException();
  }

  @Test
  void textIsWhatADatabaseKeeps() {
    assertThat(Validation.isText("Ünï 🐋")).isTrue();
    assertThat(Validation.isText(" \t")).isFalse();
    assertThat(Validation.isText("a\0b")).isFalse();
    assertThat(Validation.isText("a\ud83d")).isFalse();
    assertThat(Validation.isKeepable("")).isTrue();
  }
}
