package io.dorsal.support;

import io.dorsal.access.DatabaseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of parcels. Thread-safe. */
@Component
class ParcelRows {

  private final JdbcClient jdbc;

  ParcelRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Parcel parcel) {
    jdbc.sql(
            """
            insert into parcel (id, tenant_id, kind, state, wanted, all_tenants, note,
                requested_by, requested_at, trace_id)
            values (:id, :tenant, :kind, :state, cast(:wanted as jsonb), :all, :note,
                :by, :at, :trace)
            """)
        .param("id", parcel.id())
        .param("tenant", parcel.tenantId())
        .param("kind", parcel.kind().name())
        .param("state", parcel.state().name())
        .param("wanted", parcel.wanted().toString())
        .param("all", parcel.allTenants())
        .param("note", parcel.note())
        .param("by", parcel.requestedBy())
        .param("at", DatabaseTimes.at(parcel.requestedAt()))
        .param("trace", parcel.traceId())
        .update();
  }

  Optional<Parcel> find(UUID tenantId, UUID id) {
    return jdbc.sql("select * from parcel where tenant_id = :tenant and id = :id")
        .param("tenant", tenantId)
        .param("id", id)
        .query((row, n) -> parcel(row))
        .optional();
  }

  /**
   * What is not packed yet, the oldest first; of everybody where no tenant is named, and one alone
   * by its id.
   */
  List<Parcel> open(@Nullable UUID tenantId, @Nullable UUID id, int most) {
    return jdbc.sql(
            """
            select * from parcel where state in ('QUEUED', 'BUILDING')
              and (cast(:tenant as uuid) is null or tenant_id = :tenant)
              and (cast(:id as uuid) is null or id = :id)
            order by requested_at, id limit :most
            """)
        .param("tenant", tenantId)
        .param("id", id)
        .param("most", most)
        .query((row, n) -> parcel(row))
        .list();
  }

  /** Takes it up; false where it is over already. */
  boolean building(UUID tenantId, UUID id) {
    return jdbc.sql(
                """
                update parcel set state = 'BUILDING'
                where tenant_id = :tenant and id = :id and state in ('QUEUED', 'BUILDING')
                """)
            .param("tenant", tenantId)
            .param("id", id)
            .update()
        == 1;
  }

  void ready(Parcel parcel, Instant now, long size, String sha256) {
    jdbc.sql(
            """
            update parcel set state = 'READY', finished_at = :now, expires_at = :end,
                size_bytes = :size, sha256 = :sha256
            where tenant_id = :tenant and id = :id and state = 'BUILDING'
            """)
        .param("now", DatabaseTimes.at(now))
        .param("end", DatabaseTimes.at(now.plus(parcel.kind().kept())))
        .param("size", size)
        .param("sha256", sha256)
        .param("tenant", parcel.tenantId())
        .param("id", parcel.id())
        .update();
  }

  void failed(UUID tenantId, UUID id, Instant now, String code, String detail) {
    jdbc.sql(
            """
            update parcel set state = 'FAILED', finished_at = :now, code = :code, detail = :detail
            where tenant_id = :tenant and id = :id and state in ('QUEUED', 'BUILDING')
            """)
        .param("now", DatabaseTimes.at(now))
        .param("code", code)
        .param("detail", detail)
        .param("tenant", tenantId)
        .param("id", id)
        .update();
  }

  List<Parcel> ended(Instant now, int most) {
    return jdbc.sql("select * from parcel where state = 'READY' and expires_at <= :now limit :most")
        .param("now", DatabaseTimes.at(now))
        .param("most", most)
        .query((row, n) -> parcel(row))
        .list();
  }

  void expired(Parcel parcel) {
    jdbc.sql("update parcel set state = 'EXPIRED' where tenant_id = :tenant and id = :id")
        .param("tenant", parcel.tenantId())
        .param("id", parcel.id())
        .update();
  }

  private static Parcel parcel(ResultSet row) throws SQLException {
    return new Parcel(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        Parcel.Kind.valueOf(row.getString("kind")),
        Parcel.State.valueOf(row.getString("state")),
        JsonMapper.shared().readTree(row.getString("wanted")),
        row.getBoolean("all_tenants"),
        row.getString("note"),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getString("trace_id"),
        DatabaseTimes.instant(row, "finished_at"),
        DatabaseTimes.instant(row, "expires_at"),
        row.getObject("size_bytes", Long.class),
        row.getString("sha256"),
        row.getString("code"),
        row.getString("detail"));
  }
}
