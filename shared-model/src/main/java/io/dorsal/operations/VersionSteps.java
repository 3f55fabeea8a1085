package io.dorsal.operations;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which fields changed from version to version, for 30 days: names only, no values. Whoever changes
 * a thing without a version to compare, such as a check of a connection, keeps none. Thread-safe.
 */
@Component
public class VersionSteps {

  private final JdbcClient jdbc;

  VersionSteps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of what.
   *
   * @param kind tells things with the same id apart
   */
  public record Of(UUID tenantId, String kind, UUID id) {}

  /** One change. */
  public record Step(int from, int to, Collection<String> fields) {}

  /**
   * What is known of the way from one version to another.
   *
   * @param fields sorted
   * @param whole false where there are changes whose fields are not kept
   */
  public record Known(List<String> fields, boolean whole) {}

  /** Keeps a change; the same one twice counts once. */
  public void keep(Of of, Step step) {
    jdbc.sql(
            """
            insert into version_step (tenant_id, kind, id, from_version, to_version, fields)
            values (:tenant, :kind, :id, :from, :to, string_to_array(:fields, ','))
            on conflict (tenant_id, kind, id, from_version, to_version) do nothing
            """)
        .param("tenant", of.tenantId())
        .param("kind", of.kind())
        .param("id", of.id())
        .param("from", step.from())
        .param("to", step.to())
        .param("fields", String.join(",", step.fields()))
        .update();
  }

  /** The fields that were changed behind one version, up to another. */
  public Known between(Of of, int from, int to) {
    List<Step> steps =
        jdbc.sql(
                """
                select from_version, to_version, fields from version_step
                where tenant_id = :tenant and kind = :kind and id = :id
                  and to_version > :from and to_version <= :to
                order by from_version, to_version
                """)
            .param("tenant", of.tenantId())
            .param("kind", of.kind())
            .param("id", of.id())
            .param("from", from)
            .param("to", to)
            .query((row, _) -> new Step(row.getInt(1), row.getInt(2), texts(row.getArray(3))))
            .list();
    return known(steps, from, to);
  }

  /** Steps may overlap, where one person looked again after the next one's change. */
  static Known known(List<Step> inOrder, int from, int to) {
    SortedSet<String> fields = new TreeSet<>();
    int reached = from;
    boolean whole = from >= 0;
    for (Step step : inOrder) {
      fields.addAll(step.fields());
      whole &= step.from() <= reached;
      reached = Math.max(reached, step.to());
    }
    return new Known(List.copyOf(fields), whole && reached >= to);
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
