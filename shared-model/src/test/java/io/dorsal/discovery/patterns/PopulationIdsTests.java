package io.dorsal.discovery.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole tokens of a name that fit the population's pattern. */
class PopulationIdsTests {

  @ParameterizedTest
  @CsvSource({
    "'T\\d{3}[A-Z]?', T002B+T037, T002B T037",
    "'T\\d{3}[A-Z]?', T047_20110803_0012.jpg, T047",
    "'T\\d{3}[A-Z]?', xT047 T0471 T047é, ",
    "'^T\\d{3}$', T001-T002, T001 T002",
    "'CA-\\d+|J\\d+', J2 CA-12 CA-1x, J2 CA-12",
    "'(?i)(ca)(\\d+)', ca7, ca7",
    "'A*', b A b, A",
    "'x\\$', x$ x, x$",
    "'T\\d', '', "
  })
  void idsAreWholeTokens(String pattern, String name, @Nullable String found) {
    List<String> hits =
        new PopulationIds(pattern)
            .individuals(name).stream().map(hit -> name.substring(hit.start(), hit.end())).toList();
    assertThat(String.join(" ", hits)).isEqualTo(found == null ? "" : found);
  }
}
