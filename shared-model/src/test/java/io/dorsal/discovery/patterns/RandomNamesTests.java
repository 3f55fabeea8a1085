package io.dorsal.discovery.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that nobody planned. */
class RandomNamesTests {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final List<String> PARTS =
      List.of(
          "2019",
          "07",
          "12",
          "-",
          "_",
          ".",
          " ",
          "20190712",
          "Jul",
          "by",
          "By",
          "BW",
          "IMG",
          "DSC_",
          "Haro",
          "Strait",
          "T002B",
          "+",
          "48.5161",
          "-123.0123",
          "N",
          "W",
          "{",
          "}",
          "*",
          "?",
          "[",
          "\\",
          "é",
          "e\u0301",
          "\uD83D\uDC0B",
          "\uD83D",
          "\u202E",
          "\0",
          "%",
          "0001",
          "1",
          "99999999999",
          "鯨",
          "\u0661");

  /** Any numbers are between 0 and 1, and every pattern matches the names that it counts. */
  @Test
  void nothingThrowsAndPatternsMatchTheirSamples() {
    SplittableRandom random = new SplittableRandom(7);
    for (int archive = 0; archive < 300; archive++) {
      var detection = new PatternDetection(new PatternDetectionTests.Ids(), TODAY);
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        paths.add(
            name(random, 1 + random.nextInt(8))
                + "/"
                + name(random, 1 + random.nextInt(12))
                + ".jpg");
      }
      paths.sort(null);
      for (String path : paths) {
        detection.image(path, random.nextBoolean() ? null : LocalDate.of(2019, 7, 12));
      }
      for (DetectedPattern found : detection.patterns()) {
        assertThat(found.support()).isBetween(0.0, 1.0);
        assertThat(found.consistency()).isBetween(0.0, 1.0);
        assertThat(found.confidence()).isBetween(DetectedPattern.SHOWN, 1.0);
        assertThat(found.samples()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
        Pattern segment = segment(found);
        assertThat(found.samples())
            .allMatch(sample -> segment.matcher(sample).matches(), found.pattern());
      }
    }
  }

  /** Twice the length takes about twice the time, not four times. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "1", "2019-", "A ", "by ", "by a", "1.23 ", "12-12-", "T002B+", "_", "é'", "12Jul"
      })
  void timeGrowsWithTheLengthOfANameOnly(String part) {
    String longest = part.repeat(1 + 1_024 / part.length()).substring(0, 1_024);
    time(longest, 300);
    long start = System.nanoTime();
    time(longest, 300);
    Duration each = Duration.ofNanos((System.nanoTime() - start) / 300);
    assertThat(each).as(part).isLessThan(Duration.ofMillis(5));
  }

  private static void time(String name, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(NameFinds.in(name, i % 2 == 0, new PatternDetectionTests.Ids()).name())
          .isEqualTo(name);
    }
  }

  private static String name(SplittableRandom random, int parts) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      name.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return name.toString();
  }

  /** The last segment of a path pattern as the syntax of 4.3 reads it. */
  private static Pattern segment(DetectedPattern found) {
    String pattern = found.pattern();
    if (found.depth() != null) {
      assertThat(pattern).startsWith("/").endsWith("/");
      pattern = pattern.substring(1 + 2 * (found.depth() - 1), pattern.length() - 1);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '*' -> regex.append("[^/]*");
        case '\\' -> regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
        case '{' -> {
          int end = pattern.indexOf('}', i);
          regex.append(pattern.startsWith("{seq", i) ? "[0-9]+" : "[^/]+");
          i = end;
        }
        default -> {
          int end = pattern.offsetByCodePoints(i, 1);
          regex.append(Pattern.quote(pattern.substring(i, end)));
          i = end - 1;
        }
      }
    }
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
