package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.stack.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The register of sweepers is exact: every constant is somebody's, and nobody else sweeps. */
class SweeperTests {

  private static final Pattern NAMED = Pattern.compile("\\bSweeper\\.([A-Z_]+)");

  private static final Map<String, Set<String>> REGISTER =
      Map.ofEntries(
          Map.entry("IDENTITY_ISSUERS", Set.of("StoredIssuers")),
          Map.entry("OUTBOX", Set.of("OutboxPoster")),
          Map.entry(
              "LEFTOVERS",
              Set.of(
                  "IdempotentAnswers", "IssueSweep", "RecordSweep", "ScanSweep", "ScheduleFires")),
          Map.entry("API_KEYS", Set.of("ApiKeyWatch")),
          Map.entry("SCHEDULES", Set.of("ScheduleFires")),
          Map.entry("STORAGE_EVENTS", Set.of("StorageEvents", "EventScans")),
          Map.entry("NOT_RENEWED", Set.of("Scans")),
          Map.entry("TENANT_PURGE", Set.of("TenantPurge")),
          Map.entry("USERS", Set.of("IdentityEvents", "UserSweeps")),
          Map.entry("EXPIRY", Set.of("ExpirySampler", "ExpiryWatch")),
          Map.entry("DAILY_CHECKS", Set.of("DailyChecks")),
          Map.entry("KEYS", Set.of("KeyPartSweep", "KeyRotation")),
          Map.entry("FOREIGN_ORDERS", Set.of("ScanWork")),
          Map.entry("RECORDER", Set.of("Recorder", "KeptSweep")),
          Map.entry("OPERATOR_TRACES", Set.of("Traces", "ParcelWork")),
          Map.entry("AUDIT", Set.of("AuditChain")),
          Map.entry("PARCELS", Set.of("ParcelWork")),
          Map.entry("WEBHOOKS", Set.of("DeliveryWork", "EventPickUp", "WebhookSampler")),
          Map.entry("MAIL", Set.of("MailWork")),
          Map.entry("OPERATIONS", Set.of("DatabaseSampler", "PartitionSampler", "RunningJobs")),
          Map.entry("REFUSALS", Set.of("RefusedMessages")));

  @Test
  void everySweeperIsRegisteredWithWhoSweeps() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String module : Set.of("shared-model", "functions", "batch-jobs", "local")) {
      try (Stream<Path> sources =
          Files.walk(StackDirectory.home().resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          Matcher named = NAMED.matcher(Files.readString(source));
          String type = source.getFileName().toString().replace(".java", "");
          while (named.find()) {
            found.computeIfAbsent(named.group(1), name -> new TreeSet<>()).add(type);
          }
        }
      }
    }
    assertThat(found).isEqualTo(REGISTER);
    assertThat(found).hasSize(Sweeper.values().length);
  }
}
