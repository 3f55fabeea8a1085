package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayPathsTests {

  @ParameterizedTest
  @CsvSource({
    "2024/Skjálfandi/IMG 1.JPG, 2024/Skjálfandi/IMG 1.JPG",
    "'', ''",
    "a//b/, a//b/",
    "🐋/👩‍🔬.jpg, 🐋/👩‍🔬.jpg"
  })
  void whatIsHarmlessStaysAsItIs(String path, String shown) {
    assertThat(DisplayPaths.of(path)).isEqualTo(shown);
  }

  @Test
  void controlAndDirectionCharactersAreShownAsText() {
    assertThat(DisplayPaths.of("a\nb\u001b[31m.jpg")).isEqualTo("a\\u000Ab\\u001B[31m.jpg");
    assertThat(DisplayPaths.of("photo_\u202egpj.exe")).isEqualTo("photo_\\u202Egpj.exe");
    assertThat(DisplayPaths.of("a\u2028b\ufeff")).isEqualTo("a\\u2028b\\uFEFF");
    assertThat(DisplayPaths.of("tag\udb40\udc41")).isEqualTo("tag\\u{E0041}");
  }

  @Test
  void aSegmentWithRightToLeftLettersIsIsolatedAlone() {
    assertThat(DisplayPaths.of("2024/דולפין 1/a.jpg")).isEqualTo("2024/\u2068דולפין 1\u2069/a.jpg");
  }
}
