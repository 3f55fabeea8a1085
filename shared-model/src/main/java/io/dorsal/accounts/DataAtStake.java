package io.dorsal.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much would go if a retention were shortened now. Audit entries are counted; trash, old
 * versions and the change log of the drive count 0, because those rooms do not exist yet: whoever
 * builds them counts them here. Thread-safe.
 */
@Component
class DataAtStake {

  private final JdbcClient jdbc;
  private final Clock clock;

  DataAtStake(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param amount how many things of the unit are older than the wanted retention
   */
  record Amount(String setting, Object from, Object to, long amount, String unit) {}

  Amount of(UUID tenantId, SettingsPatch.Loss loss) {
    return switch (loss.setting()) {
      case AUDIT_RETENTION_DAYS ->
          amount(loss, auditEntriesBefore(tenantId, loss.to().asInt()), "audit entries");
      case TRASH_RETENTION_DAYS -> amount(loss, 0, "files in the trash");
      case VERSION_RETENTION_DAYS, VERSION_KEEP_MIN -> amount(loss, 0, "old versions");
      case CHANGELOG_RETENTION_DAYS -> amount(loss, 0, "changes");
      default -> throw new IllegalArgumentException(loss.setting() + " keeps nothing");
    };
  }

  private static Amount amount(SettingsPatch.Loss loss, long amount, String unit) {
    return new Amount(loss.setting().key(), loss.from(), loss.to(), amount, unit);
  }

  private long auditEntriesBefore(UUID tenantId, int days) {
    return jdbc.sql("select count(*) from audit_entry where tenant_id = :tenant and at < :before")
        .param("tenant", tenantId)
        .param("before", clock.instant().minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }
}
