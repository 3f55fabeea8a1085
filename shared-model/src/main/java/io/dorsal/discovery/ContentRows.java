package io.dorsal.discovery;

import io.dorsal.discovery.contents.DataTable;
import io.dorsal.discovery.contents.DocumentText;
import io.dorsal.discovery.contents.FileContents;
import io.dorsal.discovery.contents.Headings;
import io.dorsal.discovery.contents.ReadContents;
import io.dorsal.discovery.contents.Sheet;
import io.dorsal.discovery.contents.SheetColumn;
import io.dorsal.discovery.metadata.FileClass;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what files hold that were read whole, one file in memory at a time. Thread-safe. */
@Component
class ContentRows {

  private final JdbcTemplate jdbc;
  private final JsonMapper json = JsonMapper.shared();

  ContentRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Replaces what earlier scans wrote of these files. */
  void replace(Scan scan, List<? extends InspectedFile> files) {
    Object[] ids =
        files.stream().filter(ContentRows::mayHold).map(file -> file.item().fileId()).toArray();
    if (ids.length == 0) {
      return;
    }
    jdbc.update(
        "delete from file_contents where file_id = any(?::uuid[])",
        statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids)));
    for (InspectedFile file : files) {
      ReadContents contents = file.contents();
      if (contents != null) {
        insert(scan, file.item().fileId(), contents.open());
      }
    }
  }

  private static boolean mayHold(InspectedFile file) {
    FileClass found = file.inspection() == null ? null : file.inspection().fileClass();
    return file.item().fileClass().readWhole() || (found != null && found.readWhole());
  }

  private void insert(Scan scan, UUID file, FileContents contents) {
    DocumentText document = contents.document();
    long rows = contents.sheets().stream().mapToLong(Sheet::rows).sum();
    jdbc.update(
        """
        insert into file_contents (file_id, tenant_id, source_id, cut, sheet_count, table_count,
            row_count, characters, sample, hits)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
        """,
        file,
        scan.tenantId(),
        scan.sourceId(),
        contents.cut(),
        contents.sheets().size(),
        contents.tables().size(),
        rows,
        document == null ? null : document.characters(),
        document == null ? null : document.sample(),
        document == null ? null : json.writeValueAsString(document.hits()));
    insertSheets(scan, file, contents.sheets());
    insertTables(scan, file, contents.tables());
  }

  private void insertSheets(Scan scan, UUID file, List<Sheet> sheets) {
    for (int number = 1; number <= sheets.size(); number++) {
      Sheet sheet = sheets.get(number - 1);
      // Letters are no headings: a sheet without any fits no format.
      List<String> headings =
          sheet.headerRow() == null
              ? List.of()
              : Headings.keys(sheet.columns().stream().map(SheetColumn::header).toList());
      int place = number;
      jdbc.update(
          """
          insert into spreadsheet_sheet (file_id, number, tenant_id, name, row_count, header_row,
              columns, samples, headings)
          values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
          """,
          statement -> {
            statement.setObject(1, file);
            statement.setInt(2, place);
            statement.setObject(3, scan.tenantId());
            statement.setString(4, sheet.name());
            statement.setLong(5, sheet.rows());
            statement.setObject(6, sheet.headerRow());
            statement.setString(7, json.writeValueAsString(sheet.columns()));
            statement.setString(8, json.writeValueAsString(sheet.samples()));
            statement.setArray(
                9, statement.getConnection().createArrayOf("text", headings.toArray()));
          });
    }
  }

  private void insertTables(Scan scan, UUID file, List<DataTable> tables) {
    for (int number = 1; number <= tables.size(); number++) {
      DataTable table = tables.get(number - 1);
      jdbc.update(
          """
          insert into database_table (file_id, number, tenant_id, name, row_count, columns)
          values (?, ?, ?, ?, ?, ?::jsonb)
          """,
          file,
          number,
          scan.tenantId(),
          table.name(),
          table.rows(),
          json.writeValueAsString(table.columns()));
    }
  }
}
