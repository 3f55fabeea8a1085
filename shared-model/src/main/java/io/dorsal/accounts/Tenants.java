package io.dorsal.accounts;

import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The tenants there are. Thread-safe. */
@Component
public class Tenants {

  private final JdbcClient jdbc;

  Tenants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Tenant> find(UUID id) {
    return jdbc.sql("select * from tenant where id = :id")
        .param("id", id)
        .query((row, number) -> tenant(row))
        .optional();
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public Tenant get(UUID id) {
    return find(id)
        .orElseThrow(
            () ->
                new ProblemException(GeneralProblem.NOT_FOUND, "There is no tenant with this id."));
  }

  /**
   * Makes an active tenant with default settings.
   *
   * @throws ProblemException NAME_TAKEN
   */
  public Tenant create(UUID id, String name, String displayName) {
    int made =
        jdbc.sql(
                """
                insert into tenant (id, name, display_name) values (:id, :name, :display)
                on conflict do nothing
                """)
            .param("id", id)
            .param("name", name)
            .param("display", displayName)
            .update();
    if (made == 0) {
      throw new ProblemException(
          GeneralProblem.NAME_TAKEN, "There is already a tenant of this name or id.");
    }
    return get(id);
  }

  /** Keeps others from changing who administers the tenant until the transaction ends. */
  void lock(UUID id) {
    jdbc.sql("select 1 from tenant where id = :id for no key update")
        .param("id", id)
        .query(Integer.class)
        .optional();
  }

  static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("display_name"),
        TenantStatus.valueOf(row.getString("status")),
        JsonMapper.shared().readTree(row.getString("settings")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("version"));
  }
}
