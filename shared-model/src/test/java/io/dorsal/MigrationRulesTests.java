package io.dorsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 40 §13: expand, then contract; no migration takes away what a running release uses. */
class MigrationRulesTests {

  /** Those before are the first release's own, see decision 0038. */
  private static final String BASELINE = "V202612030001";

  /** The last migration of the first release; before that nothing runs that could miss anything. */
  private static final String FIRST_RELEASED = "V999999999999";

  private static final String UNRELEASED = "UNRELEASED";

  /** Migrations that contract, each with the release that stopped using what goes. */
  private static final Map<String, String> CONTRACTS = Map.of();

  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern TAKES_AWAY =
      Pattern.compile(
          "\\bdrop\\s+(?:table|column|schema|view|materialized\\s+view|type)\\b"
              + "|\\balter\\s+table\\b[^;]*\\bdrop\\s+(?!constraint\\b|default\\b|not\\s+null\\b"
              + "|expression\\b|identity\\b)\\w"
              + "|\\brename\\b",
          Pattern.CASE_INSENSITIVE);

  private static boolean takesAway(String sql) {
    return TAKES_AWAY.matcher(COMMENT.matcher(sql).replaceAll(" ")).find();
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  private static String version(Path file) {
    return file.getFileName().toString().replaceFirst("__.*", "");
  }

  @Test
  void onlyListedMigrationsTakeAnythingAway() throws IOException {
    List<Path> bound =
        migrations().stream().filter(file -> version(file).compareTo(BASELINE) >= 0).toList();
    assertThat(bound).isNotEmpty();
    for (Path file : bound) {
      assertThat(takesAway(Files.readString(file)))
          .as("%s contracts: name it with the release that stopped using what goes", file)
          .isEqualTo(CONTRACTS.containsKey(version(file)));
    }
  }

  @Test
  void whoeverContractsNamesAReleaseThatTheChangesTellOf() throws IOException {
    String changes = Files.readString(Path.of("../CHANGELOG.md"));
    CONTRACTS.forEach(
        (version, release) -> {
          if (version.compareTo(FIRST_RELEASED) > 0) {
            assertThat(release).as(version).isNotEqualTo(UNRELEASED);
          }
          if (!release.equals(UNRELEASED)) {
            assertThat(changes).as(version).contains("\n## " + release);
          }
        });
  }

  /** The first release's heading is the moment to set {@link #FIRST_RELEASED}. */
  @Test
  void theFirstReleaseSetsItsLastMigration() throws IOException {
    long releases =
        Files.readString(Path.of("../CHANGELOG.md"))
            .lines()
            .filter(line -> line.startsWith("## ") && !line.equals("## Unreleased"))
            .count();
    assertThat(FIRST_RELEASED.equals("V999999999999")).isEqualTo(releases == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table a drop column b",
        "ALTER TABLE a\n  add c int, DROP b",
        "drop table if exists a",
        "alter table a rename b to c",
        "alter type t rename value 'x' to 'y'"
      })
  void whatTakesAwayIsSeen(String sql) {
    assertThat(takesAway(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- drop table a",
        "alter table a drop constraint b",
        "alter table a alter column b drop not null, alter column c drop default",
        "drop index a; drop function f(); drop trigger t on a",
        "alter table a add column renamed int"
      })
  void whatOnlyLoosensIsNot(String sql) {
    assertThat(takesAway(sql)).isFalse();
  }
}
