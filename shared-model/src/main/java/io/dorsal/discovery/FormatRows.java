package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.discovery.contents.Headings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of formats, and what was said to suggestions of them. Thread-safe. */
@Component
class FormatRows {

  private static final String COLUMNS =
      """
      select id, version, name, required_headers, column_mapping, created_by, created_at, changed_at
      from spreadsheet_format
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  FormatRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(
      Caller caller, UUID id, String name, List<String> headers, Map<String, String> mapping) {
    jdbc.sql(
            """
            insert into spreadsheet_format (id, version, tenant_id, name, name_key,
                required_headers, headings, column_mapping, created_by, created_at, changed_at)
            values (:id, 0, :tenant, :name, :key, :headers, :headings, cast(:mapping as jsonb),
                :subject, now(), now())
            """)
        .param("id", id)
        .param("tenant", caller.tenantId())
        .param("name", name)
        .param("key", key(name))
        .param("headers", headers.toArray(String[]::new))
        .param("headings", Headings.keys(headers).toArray(String[]::new))
        .param("mapping", json.writeValueAsString(mapping))
        .param("subject", caller.actor())
        .update();
  }

  boolean update(
      Caller caller,
      UUID id,
      int seen,
      String name,
      List<String> headers,
      Map<String, String> mapping) {
    return jdbc.sql(
                """
                update spreadsheet_format set version = version + 1, name = :name, name_key = :key,
                    required_headers = :headers, headings = :headings,
                    column_mapping = cast(:mapping as jsonb), changed_at = now()
                where id = :id and tenant_id = :tenant and version = :seen
                """)
            .param("id", id)
            .param("tenant", caller.tenantId())
            .param("seen", seen)
            .param("name", name)
            .param("key", key(name))
            .param("headers", headers.toArray(String[]::new))
            .param("headings", Headings.keys(headers).toArray(String[]::new))
            .param("mapping", json.writeValueAsString(mapping))
            .update()
        == 1;
  }

  boolean delete(Caller caller, UUID id, int seen) {
    return jdbc.sql(
                """
                delete from spreadsheet_format
                where id = :id and tenant_id = :tenant and version = :seen
                """)
            .param("id", id)
            .param("tenant", caller.tenantId())
            .param("seen", seen)
            .update()
        == 1;
  }

  Optional<SpreadsheetFormat> find(UUID tenant, UUID id) {
    return jdbc.sql(COLUMNS + " where id = :id and tenant_id = :tenant")
        .param("id", id)
        .param("tenant", tenant)
        .query((row, n) -> format(row))
        .optional();
  }

  List<SpreadsheetFormat> all(UUID tenant) {
    return jdbc.sql(COLUMNS + " where tenant_id = :tenant order by name_key, id")
        .param("tenant", tenant)
        .query((row, n) -> format(row))
        .list();
  }

  /** Formats that sheets of the scan fit and nobody dismissed for its source, most files first. */
  List<FormatSuggestion> suggestions(Scan scan) {
    return FileRows.scanned(
            jdbc.sql(
                """
            select m.id, m.name, m.column_mapping, d.decision, count(distinct f.id) as files,
                   max((select count(*) from unnest(m.headings) h where h = any(s.headings))::float8
                       / cardinality(m.headings)) as coverage
            from found_file f
            join spreadsheet_sheet s on s.file_id = f.id
            join spreadsheet_format m on %s
            left join format_decision d on d.source_id = f.source_id and d.format_id = m.id
            where f.state <> 'MISSING' and d.decision is distinct from 'DISMISSED' and %s
            group by m.id, m.name, m.column_mapping, d.decision
            order by count(distinct f.id) desc, m.name, m.id
            """
                    .formatted(ContentViews.FITS, FileRows.OF_SCAN)),
            scan)
        .query(
            (row, n) ->
                new FormatSuggestion(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getLong("files"),
                    row.getDouble("coverage"),
                    json.readValue(row.getString("column_mapping"), new TypeReference<>() {}),
                    row.getString("decision")))
        .list();
  }

  void decide(Caller caller, Scan scan, UUID format, String decision) {
    jdbc.sql(
            """
            insert into format_decision (source_id, format_id, tenant_id, scan_id, decision,
                decided_by, decided_at)
            values (:source, :format, :tenant, :scan, :decision, :subject, now())
            on conflict (tenant_id, source_id, format_id) do update set decision = excluded.decision,
                scan_id = excluded.scan_id, decided_by = excluded.decided_by, decided_at = now()
            """)
        .param("source", scan.sourceId())
        .param("format", format)
        .param("tenant", caller.tenantId())
        .param("scan", scan.id())
        .param("decision", decision)
        .param("subject", caller.actor())
        .update();
  }

  private SpreadsheetFormat format(ResultSet row) throws SQLException {
    return new SpreadsheetFormat(
        row.getObject("id", UUID.class),
        row.getInt("version"),
        row.getString("name"),
        List.of((String[]) row.getArray("required_headers").getArray()),
        json.readValue(row.getString("column_mapping"), new TypeReference<>() {}),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
