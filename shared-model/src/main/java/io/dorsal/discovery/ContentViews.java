package io.dorsal.discovery;

import io.dorsal.discovery.SpreadsheetFile.SheetView;
import io.dorsal.discovery.contents.DataTable;
import io.dorsal.discovery.contents.DocumentText;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.contents.Sheet;
import io.dorsal.discovery.contents.SheetColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what files hold. Thread-safe. */
@Component
class ContentViews {

  /** The share of a format's headers that a sheet must have, in hundredths. */
  static final int ENOUGH_HEADERS = 80;

  /** The formats {@code m} of a tenant that fit a sheet {@code s}. */
  static final String FITS =
      """
      m.tenant_id = s.tenant_id and cardinality(m.headings) > 0
      and 100 * (select count(*) from unnest(m.headings) h where h = any(s.headings))
          >= %d * cardinality(m.headings)
      """
          .formatted(ENOUGH_HEADERS);

  private static final String FILES =
      """
      select f.id, f.path, c.cut
      from file_contents c join found_file f on f.id = c.file_id
      where c.sheet_count > 0 and f.state <> 'MISSING' and
      """
          + FileRows.OF_SCAN;

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  ContentViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  ResultPage<SpreadsheetFile> spreadsheets(Scan scan, @Nullable String after, int limit) {
    List<SpreadsheetFile> found =
        FileRows.scanned(
                jdbc.sql(FILES + " and f.path > :after order by f.path limit :limit"), scan)
            .param("after", after == null ? "" : after)
            .param("limit", limit + 1)
            .query((row, n) -> file(row))
            .list();
    List<SpreadsheetFile> page = found.size() <= limit ? found : found.subList(0, limit);
    return new ResultPage<>(
        page.stream().map(this::withSheets).toList(),
        found.size() <= limit ? null : page.getLast().path());
  }

  private static SpreadsheetFile file(ResultSet row) throws SQLException {
    String path = row.getString("path");
    return new SpreadsheetFile(
        row.getObject("id", UUID.class),
        path,
        DisplayPaths.of(path),
        row.getBoolean("cut"),
        List.of());
  }

  private SpreadsheetFile withSheets(SpreadsheetFile file) {
    List<SheetView> sheets =
        jdbc.sql(
                """
                select s.name, s.row_count, s.header_row, s.columns,
                       array(select m.id from spreadsheet_format m where %s order by m.id) as formats
                from spreadsheet_sheet s where s.file_id = :file order by s.number
                """
                    .formatted(FITS))
            .param("file", file.id())
            .query((row, n) -> view(row))
            .list();
    return new SpreadsheetFile(file.id(), file.path(), file.displayPath(), file.cut(), sheets);
  }

  private SheetView view(ResultSet row) throws SQLException {
    return new SheetView(
        row.getString("name"),
        row.getLong("row_count"),
        row.getObject("header_row", Integer.class),
        columns(row),
        List.copyOf(Arrays.asList((UUID[]) row.getArray("formats").getArray())));
  }

  private List<SheetColumn> columns(ResultSet row) throws SQLException {
    return json.readValue(row.getString("columns"), new TypeReference<>() {});
  }

  /** What one file holds; null where it was never read whole. */
  @Nullable FileContents of(UUID file) {
    return jdbc.sql("select cut, characters, sample, hits from file_contents where file_id = :file")
        .param("file", file)
        .query(
            (row, n) ->
                new FileContents(sheets(file), document(row), tables(file), row.getBoolean("cut")))
        .optional()
        .orElse(null);
  }

  private @Nullable DocumentText document(ResultSet row) throws SQLException {
    Integer characters = row.getObject("characters", Integer.class);
    return characters == null
        ? null
        : new DocumentText(
            characters,
            row.getString("sample"),
            json.readValue(row.getString("hits"), new TypeReference<>() {}));
  }

  private List<Sheet> sheets(UUID file) {
    return jdbc.sql(
            """
            select name, row_count, header_row, columns, samples from spreadsheet_sheet
            where file_id = :file order by number
            """)
        .param("file", file)
        .query(
            (row, n) ->
                new Sheet(
                    row.getString("name"),
                    row.getLong("row_count"),
                    row.getObject("header_row", Integer.class),
                    columns(row),
                    json.readValue(row.getString("samples"), new TypeReference<>() {})))
        .list();
  }

  private List<DataTable> tables(UUID file) {
    return jdbc.sql(
            """
            select name, row_count, columns from database_table
            where file_id = :file order by number
            """)
        .param("file", file)
        .query(
            (row, n) ->
                new DataTable(
                    row.getString("name"),
                    json.readValue(row.getString("columns"), new TypeReference<>() {}),
                    row.getObject("row_count", Long.class)))
        .list();
  }
}
