package io.dorsal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** 40, section 11: the alerts that are shipped ask for metrics that are there. */
class AlertsTests {

  private static final Pattern RULE =
      Pattern.compile("(?m)^ {6}- alert: (\\w+)\\n {8}expr: (.+)\\n");
  private static final Pattern NAME = Pattern.compile("dorsal_[a-z_]+");

  @Test
  void everyAlertAsksForDeclaredMetrics() throws IOException {
    List<String> known = Arrays.stream(Metric.values()).map(Metric::title).toList();
    String file =
        Files.readString(StackDirectory.home().resolve("infra/prometheus/dorsal-alerts.yaml"));
    var rules = RULE.matcher(file).results().toList();

    for (var rule : rules) {
      List<String> asked = NAME.matcher(rule.group(2)).results().map(r -> r.group()).toList();
      assertThat(asked).as(rule.group(1)).isNotEmpty().isSubsetOf(known);
    }
    assertThat(rules.stream().map(rule -> rule.group(1)))
        .containsExactlyInAnyOrder(
            "DorsalServerErrors",
            "DorsalTooFewInstances",
            "DorsalQueueGrows",
            "DorsalOldMessage",
            "DorsalDeadLetters",
            "DorsalSequencerLag",
            "DorsalSockets",
            "DorsalProviderDown",
            "DorsalDamagedChunk",
            "DorsalKeySetOld",
            "DorsalSecretEnds",
            "DorsalApiKeyEnds");
  }

  /** No process of Dorsal sees a backup: who makes it tells its age. */
  @Test
  void backupsAreWatchedByTheFigureOfWhoMakesThem() throws IOException {
    String file =
        Files.readString(
            StackDirectory.home().resolve("infra/prometheus/dorsal-backup-alerts.yaml"));
    var rules = RULE.matcher(file).results().toList();
    assertThat(rules).hasSize(1);
    assertThat(rules.getFirst().group(1)).isEqualTo("DorsalBackupOld");
    assertThat(rules.getFirst().group(2))
        .contains("pgbackrest_backup_since_last_completion_seconds", "> " + 26 * 3_600, "absent(")
        .doesNotContain("dorsal_");
    assertThat(Files.readString(StackDirectory.home().resolve("docs/operations.md")))
        .contains("AddonAzureBackupJobs", "ago(26h)");
  }
}
