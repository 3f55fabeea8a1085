package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobsTests {

  @ParameterizedTest(name = "{0} takes {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.jpg a.jpg",
        "*.JPG a.jpg",
        "*.jpg .jpg",
        "2024/*.jpg 2024/a.jpg",
        "2024/** 2024/a/b.jpg",
        "**/*.jpg a.jpg",
        "**/*.jpg x/y/a.jpg",
        "a/**/b a/b",
        "a/**/b a/x/y/b",
        "a** a/b/c",
        "**.jpg x/y/a.jpg",
        "IMG_????.jpg img_0412.jpg",
        "IMG_?.jpg IMG_🐋.jpg",
        "[abc].tif b.tif",
        "[a-c]x bX",
        "[!a-c]x dx",
        "[]]x ]x",
        "[!]]x ax",
        "[a^]x ^x",
        "[a&&b]x &x",
        "*.{jpg,nef} a.nef",
        "{a,b{c,d}}/* bd/x",
        "a,b a,b",
        "a.b a.b",
        "a+(b)$ a+(b)$",
        "ÉTÉ/* été/x",
      })
  void takes(String glob, String path) {
    assertThat(Globs.of(List.of(glob)).matches(path)).isTrue();
  }

  @ParameterizedTest(name = "{0} leaves {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.jpg x/a.jpg",
        "2024/*.jpg 2024/x/a.jpg",
        "2024/** 20245/a.jpg",
        "**/b xb",
        "a?b a/b",
        "[abc].tif d.tif",
        "[!a-c]x bx",
        "[+-9]x /x",
        "[!a]x /x",
        "*.{jpg,nef} a.png",
        "{a,b} a,b",
        "a.b axb",
        "a ab",
      })
  void leaves(String glob, String path) {
    assertThat(Globs.of(List.of(glob)).matches(path)).isFalse();
  }

  @Test
  void lineBreaksAreCharactersLikeOthers() {
    assertThat(Globs.of(List.of("a*b")).matches("a\n\r\u2028b")).isTrue();
    assertThat(Globs.of(List.of("**/x")).matches("a\nb/x")).isTrue();
  }

  @Test
  void composedAndDecomposedLettersAreTheSame() {
    assertThat(Globs.of(List.of("Gr\u00fcn/*")).matches("Gru\u0308n/x")).isTrue();
    assertThat(Globs.of(List.of("Gru\u0308n/?")).matches("Gr\u00fcn/e\u0301")).isTrue();
  }

  @Test
  void anyPatternOfSeveralTakes() {
    Globs globs = Globs.of(List.of("*.jpg", "*.nef"));
    assertThat(globs.matches("a.nef")).isTrue();
    assertThat(globs.matches("a.tif")).isFalse();
    assertThat(globs.isEmpty()).isFalse();
    assertThat(Globs.of(List.of()).isEmpty()).isTrue();
    assertThat(Globs.of(List.of()).matches("a")).isFalse();
  }

  @ParameterizedTest(name = "{0} is refused at {1}")
  @CsvSource(
      delimiter = ' ',
      value = {"ab[cd 3", "[] 1", "[! 1", "a{b,c 2", "{a,{b} 1", "ab}c 3", "ok[a]x[z-a] 7"})
  void refusesWithPosition(String glob, int position) {
    var refusal =
        catchThrowableOfType(ProblemException.class, () -> Globs.of(List.of("fine", glob)));
    assertThat(refusal.problem()).isEqualTo(DiscoveryProblem.GLOB_INVALID);
    assertThat(refusal.details())
        .containsEntry("pattern", glob)
        .containsEntry("position", position);
    assertThat(refusal.detail()).contains(glob).contains("position " + position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~$report.docx",
        "x/y/~$report.docx",
        ".hidden",
        "..hidden",
        "..git/config",
        "x/.hidden",
        ".git/config",
        "x/.git/a/b.jpg",
        "Thumbs.db",
        "x/THUMBS.DB",
        "desktop.ini",
        "x/Desktop.ini",
        "__MACOSX/a.jpg",
        "x/__MACOSX/y/a.jpg",
        "@eaDir/a.jpg",
        "x/@eaDir/a.jpg",
        "$RECYCLE.BIN/a.jpg",
        "x/$Recycle.Bin/a.jpg",
        "System Volume Information/a",
        "x/System Volume Information/a/b",
      })
  void builtinsExclude(String path) {
    assertThat(Globs.builtinExcludes().matches(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "x/a.b.jpg",
        "x./a.jpg",
        "a~$.jpg",
        "Thumbs.dbx",
        "../a.jpg",
        "x/../y/a.jpg",
        "./a.jpg",
        "x/..",
        "my desktop.ini",
        "MACOSX/a.jpg",
        "x/@eaDirs/a.jpg",
        "RECYCLE.BIN/a.jpg",
      })
  void builtinsLeaveOthers(String path) {
    assertThat(Globs.builtinExcludes().matches(path)).isFalse();
  }

  @Test
  void patternsMadeToBeSlowAreNot() {
    Globs hostile =
        Globs.of(List.of("*a".repeat(200) + "b", "**a".repeat(150) + "b", "{*a,*aa}".repeat(60)));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> assertThat(hostile.matches("a".repeat(1_024) + "c")).isFalse());
  }
}
