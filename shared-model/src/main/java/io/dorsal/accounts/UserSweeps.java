package io.dorsal.accounts;

import io.dorsal.access.Sweeper;
import io.dorsal.access.Tenancy;
import io.dorsal.operations.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What time does to users. Harmless where several processes do it at once. Thread-safe. */
@Component
public class UserSweeps {

  private static final Duration GRACE = Duration.ofDays(30);
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final UserRows users;
  private final Grants grants;
  private final AccountJournal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;

  UserSweeps(
      JdbcClient jdbc,
      UserRows users,
      Grants grants,
      AccountJournal journal,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.grants = grants;
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  private record Due(UUID tenantId, UUID id) {}

  /**
   * Marks who has not signed in for the tenant's {@code inactivity_days}.
   *
   * @return how many
   */
  public int markInactive() {
    Instant now = clock.instant();
    return Tenancy.sweep(
        Sweeper.USERS,
        () ->
            each(
                """
                select u.tenant_id, u.id from users u join tenant t on t.id = u.tenant_id
                where u.status = 'ACTIVE' and coalesce(u.last_sign_in_at, u.created_at)
                  < :before - make_interval(
                      days => coalesce((t.settings->>'inactivity_days')::int, 180))
                order by u.tenant_id, u.id limit :batch
                """,
                now,
                UserStatus.ACTIVE,
                "user.inactive",
                user -> user.with(user.standing().of(UserStatus.INACTIVE))));
  }

  /**
   * Erases the personal data of who was deleted 30 days ago; ids and what they made stay.
   *
   * @return how many
   */
  public int erase() {
    Instant now = clock.instant();
    return Tenancy.sweep(
        Sweeper.USERS,
        () ->
            each(
                """
                select tenant_id, id from users
                where status = 'DELETED' and erased_at is null and deleted_at < :before
                order by tenant_id, id limit :batch
                """,
                now.minus(GRACE),
                UserStatus.DELETED,
                "user.erased",
                user -> {
                  grants.removeAll(user.tenantId(), user.id());
                  return user.erased(now);
                }));
  }

  private int each(
      String due, Instant before, UserStatus from, String action, UnaryOperator<User> change) {
    int total = 0;
    List<Due> batch;
    do {
      batch =
          jdbc.sql(due)
              .param("before", UserRows.time(before))
              .param("batch", BATCH)
              .query(
                  (row, number) ->
                      new Due(
                          row.getObject("tenant_id", UUID.class), row.getObject("id", UUID.class)))
              .list();
      for (Due user : batch) {
        total += one(user, from, action, change);
      }
    } while (batch.size() == BATCH);
    return total;
  }

  private int one(Due due, UserStatus from, String action, UnaryOperator<User> change) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Optional<User> user =
                  users
                      .locked(due.tenantId(), due.id())
                      .filter(found -> found.standing().status() == from);
              user.ifPresent(
                  found ->
                      journal.user(
                          action,
                          StateChange.SYSTEM,
                          found,
                          users.save(change.apply(found)),
                          Map.of()));
              return user.isPresent() ? 1 : 0;
            }));
  }
}
