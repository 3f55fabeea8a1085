package io.dorsal.accounts;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Users as rows. Thread-safe. */
@Component
class UserRows {

  private final JdbcClient jdbc;

  UserRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<User> find(UUID tenantId, UUID id) {
    return one("", tenantId, id);
  }

  /** The user, whom nobody else changes until the transaction ends. */
  Optional<User> locked(UUID tenantId, UUID id) {
    return one(" for no key update", tenantId, id);
  }

  private Optional<User> one(String locking, UUID tenantId, UUID id) {
    return jdbc.sql("select * from users where tenant_id = :tenant and id = :id" + locking)
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> user(row))
        .optional();
  }

  Optional<User> named(UUID tenantId, User.Account account) {
    return jdbc.sql(
            """
            select * from users
            where tenant_id = :tenant and issuer = :issuer and subject = :subject
            """)
        .param("tenant", tenantId)
        .param("issuer", account.issuer())
        .param("subject", account.subject())
        .query((row, number) -> user(row))
        .optional();
  }

  /** The user who was invited by this address and has not come yet. */
  Optional<User> invited(UUID tenantId, String email) {
    return jdbc.sql(
            """
            select * from users
            where tenant_id = :tenant and lower(email) = lower(:email)
              and status = 'PENDING' and issuer is null
            for no key update
            """)
        .param("tenant", tenantId)
        .param("email", email)
        .query((row, number) -> user(row))
        .optional();
  }

  /**
   * Who is known by this address: those whose provider vouches for it, and who was invited by it;
   * who has come goes first.
   */
  List<User> addressed(UUID tenantId, String email) {
    return jdbc.sql(
            """
            select * from users
            where tenant_id = :tenant and lower(email) = lower(:email) and status <> 'DELETED'
              and (email_verified or (status = 'PENDING' and issuer is null))
            order by issuer is null, created_at, id
            """)
        .param("tenant", tenantId)
        .param("email", email)
        .query((row, number) -> user(row))
        .list();
  }

  /** Adds a user; empty where the invitation or the identity is taken. */
  Optional<User> add(
      UUID tenantId,
      UserStatus status,
      User.@Nullable Account account,
      User.Profile profile,
      Instant now) {
    return jdbc.sql(
            """
            insert into users (tenant_id, status, issuer, subject, email, email_verified,
                display_name, told_at, last_sign_in_at, created_at)
            values (:tenant, :status, :issuer, :subject, :email, :verified, :name, :told, :signedIn,
                :now)
            on conflict do nothing returning *
            """)
        .param("tenant", tenantId)
        .param("status", status.name())
        .param("issuer", account == null ? null : account.issuer())
        .param("subject", account == null ? null : account.subject())
        .param("email", profile.email())
        .param("verified", profile.emailVerified())
        .param("name", profile.displayName())
        .param("told", time(profile.toldAt()))
        .param("signedIn", time(status == UserStatus.ACTIVE ? now : null))
        .param("now", time(now))
        .query((row, number) -> user(row))
        .optional();
  }

  /** Writes a row that the caller holds locked; its version grows. */
  User save(User user) {
    User.Account account = user.account();
    User.Profile profile = user.profile();
    User.Standing standing = user.standing();
    DeactivatedVia via = standing.via();
    return jdbc.sql(
            """
            update users set issuer = :issuer, subject = :subject, email = :email,
              email_verified = :verified, display_name = :name, told_at = :told, status = :status,
              is_active = :active, deactivated_at = :deactivatedAt, deactivated_via = :via,
              deactivated_reason = :reason, identity_disabled = :disabled,
              last_sign_in_at = :signedIn, deleted_at = :deleted, erased_at = :erased,
              version = version + 1
            where tenant_id = :tenant and id = :id
            returning *
            """)
        .param("issuer", account == null ? null : account.issuer())
        .param("subject", account == null ? null : account.subject())
        .param("email", profile.email())
        .param("verified", profile.emailVerified())
        .param("name", profile.displayName())
        .param("told", time(profile.toldAt()))
        .param("status", standing.status().name())
        .param("active", standing.active())
        .param("deactivatedAt", time(standing.deactivatedAt()))
        .param("via", via == null || via == DeactivatedVia.UNKNOWN ? null : via.name())
        .param("reason", standing.reason())
        .param("disabled", standing.identityDisabled())
        .param("signedIn", time(user.lastSignInAt()))
        .param("deleted", time(user.deletedAt()))
        .param("erased", time(user.erasedAt()))
        .param("tenant", user.tenantId())
        .param("id", user.id())
        .query((row, number) -> user(row))
        .single();
  }

  /** Notes a sign-in that changed nothing else. */
  void signedIn(User user, Instant now) {
    jdbc.sql("update users set last_sign_in_at = :now where tenant_id = :tenant and id = :id")
        .param("now", time(now))
        .param("tenant", user.tenantId())
        .param("id", user.id())
        .update();
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static User user(ResultSet row) throws SQLException {
    String issuer = row.getString("issuer");
    String via = row.getString("deactivated_via");
    return new User(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        issuer == null ? null : new User.Account(issuer, row.getString("subject")),
        new User.Profile(
            row.getString("email"),
            row.getBoolean("email_verified"),
            row.getString("display_name"),
            DatabaseTimes.instant(row, "told_at")),
        new User.Standing(
            UserStatus.valueOf(row.getString("status")),
            row.getBoolean("is_active"),
            DatabaseTimes.instant(row, "deactivated_at"),
            via == null ? null : DeactivatedVia.valueOf(via),
            row.getString("deactivated_reason"),
            row.getBoolean("identity_disabled")),
        DatabaseTimes.instant(row, "last_sign_in_at"),
        DatabaseTimes.instant(row, "deleted_at"),
        DatabaseTimes.instant(row, "erased_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("version"));
  }
}
