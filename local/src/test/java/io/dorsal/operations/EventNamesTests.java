package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The register of names is what the code keeps in the audit log: a webhook waits for no other. */
class EventNamesTests {

  private static final Pattern NAME = Pattern.compile("\"([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)+)\"");

  /** Put together where they are kept. */
  private static final Set<String> COMPOSED =
      Set.of("identity", "scan.guard", "support_bundle", "audit_export");

  /** An organization's verification, by the enum's names, and what rooms to come will tell. */
  private static final Set<String> OTHERS =
      Set.of(
          "organization.acknowledged",
          "organization.verified",
          "organization.rejected",
          "organization.revoked",
          "sync.run.finished",
          "quota.warning");

  @Test
  void everyNameThatIsKeptIsRegisteredAndNoOther() throws IOException {
    Set<String> said = said();
    // What identity providers tell stands in the log below "identity".
    Set<String> told =
        said.stream().filter(name -> name.startsWith("group.")).collect(Collectors.toSet());
    said.removeAll(told);
    assertThat(EventNames.all()).containsAll(said);
    assertThat(EventNames.all()).containsAll(told.stream().map("identity."::concat).toList());
    assertThat(
            EventNames.all().stream()
                .filter(name -> COMPOSED.stream().noneMatch(head -> name.startsWith(head + ".")))
                .filter(name -> !OTHERS.contains(name)))
        .isSubsetOf(said);
  }

  @Test
  void everyNameIsDocumented() throws IOException {
    String docs = Files.readString(StackDirectory.home().resolve("docs/api.md"));
    assertThat(EventNames.all()).allSatisfy(name -> assertThat(docs).contains("`" + name + "`"));
  }

  /** The literals of all that writes to the journal. */
  private static Set<String> said() throws IOException {
    Set<String> said = new TreeSet<>();
    for (String module : List.of("shared-model", "functions", "batch-jobs")) {
      try (Stream<Path> sources =
          Files.walk(StackDirectory.home().resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          String text = Files.readString(source);
          if (text.contains("ournal") || text.contains("Act.of(")) {
            NAME.matcher(text).results().map((MatchResult hit) -> hit.group(1)).forEach(said::add);
          }
        }
      }
    }
    return said;
  }
}
