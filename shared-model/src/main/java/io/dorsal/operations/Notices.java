package io.dorsal.operations;

import io.dorsal.access.Caller;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices to people: told once, read by each on their own, cleared when they no longer hold. */
@Component
public class Notices {

  private static final String SEEN =
      """
      n.tenant_id = :tenant and n.cleared_at is null
        and (n.for_subject = :subject or n.for_role in (:roles))
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Notices(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Tells it unless that was done before; two callers at once tell it once.
   *
   * @return its id where it is new
   */
  public Optional<UUID> tell(NewNotice notice) {
    return jdbc.sql(
            """
            insert into notice (tenant_id, key, kind, for_role, for_subject, title, body,
                resource_type, resource_id, created_at)
            values (:tenant, :key, :kind, :role, :subject, :title, :body, :type, :resource, :now)
            on conflict do nothing returning id
            """)
        .param("tenant", notice.tenantId())
        .param("key", notice.key())
        .param("kind", notice.kind())
        .param("role", notice.forRole() == null ? null : notice.forRole().name())
        .param("subject", notice.forSubject())
        .param("title", Redactor.redact(notice.title()))
        .param("body", Redactor.redact(notice.body()))
        .param("type", notice.resourceType())
        .param("resource", notice.resourceId())
        .param("now", now())
        .query(UUID.class)
        .optional();
  }

  /** Takes back the open notices of a kind about a thing. */
  public void clear(UUID tenantId, String kind, UUID resourceId) {
    jdbc.sql(
            """
            update notice set cleared_at = :now
            where tenant_id = :tenant and kind = :kind and resource_id = :resource
              and cleared_at is null
            """)
        .param("now", now())
        .param("tenant", tenantId)
        .param("kind", kind)
        .param("resource", resourceId)
        .update();
  }

  /** The caller's open notices, newest first, at most 500. */
  public List<Notice> open(Caller caller) {
    return jdbc.sql(
            """
            select n.id, n.kind, n.title, n.body, n.resource_type, n.resource_id, n.created_at,
                r.read_at
            from notice n left join notice_read r on r.notice_id = n.id and r.subject = :subject
            where
            """
                + SEEN
                + "order by n.created_at desc, n.id desc limit 500")
        .param("tenant", caller.tenantId())
        .param("subject", caller.actor())
        .param("roles", roles(caller))
        .query((row, number) -> notice(row))
        .list();
  }

  private static Notice notice(ResultSet row) throws SQLException {
    OffsetDateTime read = row.getObject("read_at", OffsetDateTime.class);
    return new Notice(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("title"),
        row.getString("body"),
        row.getString("resource_type"),
        row.getObject("resource_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        read == null ? null : read.toInstant());
  }

  /**
   * Remembers that the caller has read it; a second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND, also where it is not for the caller
   */
  public void read(Caller caller, UUID id) {
    boolean there =
        jdbc.sql("select count(*) from notice n where n.id = :id and " + SEEN)
                .param("id", id)
                .param("tenant", caller.tenantId())
                .param("subject", caller.actor())
                .param("roles", roles(caller))
                .query(Long.class)
                .single()
            > 0;
    if (!there) {
      throw new ProblemException(GeneralProblem.NOT_FOUND, "There is no notice with this id.");
    }
    jdbc.sql("insert into notice_read values (:id, :tenant, :subject, :now) on conflict do nothing")
        .param("id", id)
        .param("tenant", caller.tenantId())
        .param("subject", caller.actor())
        .param("now", now())
        .update();
  }

  /** What is for a role is for everybody above it as well. */
  private static List<String> roles(Caller caller) {
    return Arrays.stream(TenantRole.values())
        .filter(role -> caller.role().includes(role))
        .map(TenantRole::name)
        .toList();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
