package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestIdsTests {

  @ParameterizedTest
  @CsvSource(
      value = {"abc", "not valid!", "-"},
      nullValues = "-")
  void anUnusableRequestIdIsReplacedByAUuid7(@Nullable String given) {
    assertThat(RequestIds.accept(given, Clock.systemUTC()))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }
}
