package io.dorsal.connections;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.problem.ProblemException;
import io.dorsal.problem.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** When the secrets of a tenant end, and what stops then. Thread-safe. */
@Component
public class ExpiryCalendar {

  private static final int MOST_DAYS = 3_650;

  private final ConnectionRows rows;
  private final List<ConnectionUse> uses;
  private final ExpiryClock clock;

  ExpiryCalendar(ConnectionRows rows, List<ConnectionUse> uses, ExpiryClock clock) {
    this.rows = rows;
    this.uses = uses;
    this.clock = clock;
  }

  /**
   * The end of one secret.
   *
   * @param credential SAS; CLIENT_SECRET and PASSWORD are the connectors'
   * @param daysLeft begun days counted; 0 or less once it is over
   */
  public record Entry(
      UUID connectionId,
      String name,
      String credential,
      int secretVersion,
      Instant expiresAt,
      long daysLeft,
      ExpiryBand band,
      ConnectionUse.Uses affected) {}

  /**
   * What ended or ends within so many days, by date.
   *
   * @param days 1 to 3,650
   * @throws ProblemException VALIDATION_FAILED, PERMISSION_DENIED
   */
  public List<Entry> entries(Caller caller, int days) {
    caller.require(PopulationRole.ADMINISTRATOR, "Reading the expiry calendar");
    new Validation()
        .check(days >= 1 && days <= MOST_DAYS, "days", "OUT_OF_RANGE", "days must be 1 to 3,650.")
        .orThrow();
    Instant now = clock.now();
    Instant end = now.plus(Duration.ofDays(days));
    return rows.findByTenantIdAndDeletedAtIsNullOrderByNameKeyAscIdAsc(caller.tenantId()).stream()
        .filter(each -> each.expiresAt() != null && !each.expiresAt().isAfter(end))
        .map(each -> entry(each, Objects.requireNonNull(each.expiresAt()), now))
        .sorted(Comparator.comparing(Entry::expiresAt).thenComparing(Entry::connectionId))
        .toList();
  }

  private Entry entry(Connection connection, Instant end, Instant now) {
    var affected =
        uses.stream()
            .map(each -> each.of(connection.tenantId(), connection.id()))
            .reduce(ConnectionUse.Uses.NONE, ConnectionUse.Uses::and);
    return new Entry(
        connection.id(),
        connection.name(),
        "SAS",
        connection.secretVersion(),
        end,
        ExpiryBand.daysLeft(end, now),
        ExpiryBand.of(end, now),
        affected);
  }
}
