package io.dorsal.mail;

import io.dorsal.access.DatabaseTimes;
import io.dorsal.access.TenantRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of mails. */
@Component
class MailRows {

  /** Who may be written to, now as well as when the notice was told. */
  private static final String REACHED =
      "u.status = 'ACTIVE' and u.is_active and coalesce(u.email, '') <> ''";

  /** A mail that this process sends until then. */
  record Taken(UUID tenantId, UUID id) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  MailRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A mail for each of those whom a notice reaches.
   *
   * @param role who has it gets one; null where nobody does by a role
   */
  void add(UUID tenantId, UUID noticeId, String subject, @Nullable TenantRole role) {
    jdbc.sql(
            """
            insert into mail (tenant_id, notice_id, user_id, created_at, next_at)
            select u.tenant_id, :notice, u.id, :now, :now from users u
            where u.tenant_id = :tenant and %s
              and (u.id::text = :subject or exists (select 1 from held_tenant_role h
                  where h.tenant_id = u.tenant_id and h.user_id = u.id and h.role = any (:roles)))
            """
                .formatted(REACHED))
        .param("notice", noticeId)
        .param("now", DatabaseTimes.at(clock.instant()))
        .param("tenant", tenantId)
        .param("subject", subject)
        .param("roles", roles(role))
        .update();
  }

  /** What is for a role is for everybody above it as well. */
  private static String[] roles(@Nullable TenantRole least) {
    return Arrays.stream(TenantRole.values())
        .filter(role -> least != null && role.includes(least))
        .map(TenantRole::name)
        .toArray(String[]::new);
  }

  /** Mails that are due and nobody else sends, for two minutes; none of a suspended tenant. */
  List<Taken> take(int most) {
    return jdbc.sql(
            """
            update mail m set leased_until = clock_timestamp() + interval '2 minutes'
            from (
              select w.tenant_id, w.id from mail w
              where w.state = 'WAITING' and w.next_at <= :now
                and (w.leased_until is null or w.leased_until <= clock_timestamp())
                and not exists (select 1 from tenant t
                    where t.id = w.tenant_id and t.status <> 'ACTIVE')
              order by w.next_at, w.id limit :most for no key update skip locked) due
            where m.tenant_id = due.tenant_id and m.id = due.id
            returning m.tenant_id, m.id
            """)
        .param("now", DatabaseTimes.at(clock.instant()))
        .param("most", most)
        .query(Taken.class)
        .list();
  }

  Mail get(UUID tenantId, UUID id) {
    return jdbc.sql(
            """
            select m.*, n.kind from mail m
            join notice n on n.tenant_id = m.tenant_id and n.id = m.notice_id
            where m.tenant_id = :tenant and m.id = :id
            """)
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, number) -> mail(row))
        .single();
  }

  /** What it says; empty where that no longer holds, or nobody is there to be written to. */
  Optional<Letter> letter(Mail mail) {
    return jdbc.sql(
            """
            select m.id, u.email as address, n.title, n.body, n.resource_type, n.resource_id,
                t.display_name as tenant
            from mail m
            join notice n on n.tenant_id = m.tenant_id and n.id = m.notice_id
            join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
            join tenant t on t.id = m.tenant_id
            where m.tenant_id = :tenant and m.id = :id and n.cleared_at is null and %s
            """
                .formatted(REACHED))
        .param("tenant", mail.tenantId())
        .param("id", mail.id())
        .query(Letter.class)
        .optional();
  }

  /**
   * Writes what became of a mail, and gives it back.
   *
   * @return false where it is no longer as it was before
   */
  boolean save(Mail before, Mail after) {
    MailError error = after.lastError();
    return jdbc.sql(
                """
                update mail set state = :state, attempts = :attempts, next_at = :next,
                    last_at = :last, last_error = :error, ended_at = :ended, leased_until = null
                where tenant_id = :tenant and id = :id and state = :stateBefore
                  and attempts = :attemptsBefore
                """)
            .param("state", after.state().name())
            .param("attempts", after.attempts())
            .param("next", DatabaseTimes.at(after.nextAt()))
            .param("last", DatabaseTimes.at(after.lastAt()))
            .param("error", error == null ? null : error.name())
            .param("ended", DatabaseTimes.at(after.endedAt()))
            .param("tenant", before.tenantId())
            .param("id", before.id())
            .param("stateBefore", before.state().name())
            .param("attemptsBefore", before.attempts())
            .update()
        == 1;
  }

  private static Mail mail(ResultSet row) throws SQLException {
    String error = row.getString("last_error");
    return new Mail(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getObject("user_id", UUID.class),
        row.getString("kind"),
        MailState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        DatabaseTimes.instant(row, "next_at"),
        DatabaseTimes.instant(row, "last_at"),
        error == null ? null : MailError.valueOf(error),
        DatabaseTimes.instant(row, "ended_at"));
  }
}
