package io.dorsal.local.demo;

import io.dorsal.local.archive.LedgerEntry;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one file, in a form in which ledger and database can be compared: names of
 * values, and the values as text; values nobody knows are left out.
 */
record ScannedFile(String path, Map<String, String> values) {

  /** Rows of one source; a file without inspection has nulls for it. */
  static final String QUERY =
      """
      select f.path, f.size, f.content_md5, f.class, i.outcome, i.code, i.notes,
             to_char(i.taken_at_local, 'YYYY-MM-DD"T"HH24:MI:SS') as taken_at_local, i.sub_seconds,
             i.utc_offset, i.latitude, i.longitude, i.altitude, i.make, i.model, i.serial,
             i.artist, i.by_line, i.creator, i.width, i.height, i.orientation,
             case f.class
               when 'SPREADSHEET' then
                 (select string_agg(s.name || '|' || s.row_count || '|'
                    || (select string_agg(c ->> 'header', ',' order by place)
                        from jsonb_array_elements(s.columns) with ordinality as x (c, place)),
                    ';' order by s.number)
                  from spreadsheet_sheet s where s.file_id = f.id)
               when 'DATA' then
                 (select string_agg(t.name || '|' || t.row_count || '|'
                    || (select string_agg(c ->> 'name', ',' order by place)
                        from jsonb_array_elements(t.columns) with ordinality as x (c, place)),
                    ';' order by t.number)
                  from database_table t where t.file_id = f.id)
               when 'DOCUMENT' then
                 (select trim(split_part(ltrim(d.sample, E' \\r\\n\\t'), E'\\n', 1))
                  from file_contents d where d.file_id = f.id)
             end as contents
        from found_file f left join file_inspection i on i.file_id = f.id
       where f.source_id = ?
      """;

  private static final List<String> AS_STORED =
      List.of(
          "taken_at_local",
          "sub_seconds",
          "utc_offset",
          "make",
          "model",
          "serial",
          "artist",
          "by_line",
          "creator",
          "width",
          "height",
          "orientation",
          "contents");

  static ScannedFile of(ResultSet row) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "size", row.getLong("size"));
    byte[] md5 = row.getBytes("content_md5");
    put(values, "md5", md5 == null ? null : Base64.getEncoder().encodeToString(md5));
    put(values, "class", row.getString("class"));
    String outcome = row.getString("outcome");
    put(values, "outcome", outcome == null ? "COUNTED" : outcome);
    put(values, "code", row.getString("code"));
    Array notes = row.getArray("notes");
    put(values, "notes", notes == null ? "" : sorted((String[]) notes.getArray()));
    for (String name : AS_STORED) {
      put(values, name, row.getString(name));
    }
    for (String name : List.of("latitude", "longitude", "altitude")) {
      double value = row.getDouble(name);
      put(values, name, row.wasNull() ? null : rounded(value));
    }
    return new ScannedFile(row.getString("path"), values);
  }

  static ScannedFile of(LedgerEntry entry) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "size", entry.size());
    put(values, "md5", entry.md5());
    put(values, "class", entry.fileClass());
    put(values, "outcome", entry.outcome());
    put(values, "code", entry.code());
    put(values, "notes", sorted(entry.notes().toArray(String[]::new)));
    put(
        values,
        "taken_at_local",
        entry.takenAtLocal() == null ? null : entry.takenAtLocal().withNano(0).format(SECONDS));
    put(values, "sub_seconds", entry.subSeconds());
    put(values, "utc_offset", entry.offset());
    put(values, "make", entry.make());
    put(values, "model", entry.model());
    put(values, "serial", entry.serial());
    put(values, "artist", entry.exifArtist());
    put(values, "by_line", entry.iptcByLine());
    put(values, "creator", entry.xmpCreator());
    put(values, "width", entry.width());
    put(values, "height", entry.height());
    put(values, "orientation", entry.orientation());
    put(values, "contents", entry.contents());
    put(values, "latitude", entry.latitude() == null ? null : rounded(entry.latitude()));
    put(values, "longitude", entry.longitude() == null ? null : rounded(entry.longitude()));
    put(values, "altitude", entry.altitude() == null ? null : rounded(entry.altitude()));
    return new ScannedFile(entry.path(), values);
  }

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  /**
   * The values that differ, as {@code name: expected, found}. What an unreadable file is noted for
   * besides its code is left open by the ledger.
   */
  List<String> differences(ScannedFile found) {
    Map<String, String> all = new LinkedHashMap<>(values);
    found.values.forEach(all::putIfAbsent);
    if ("UNREADABLE".equals(values.get("outcome"))) {
      all.remove("notes");
    }
    return all.keySet().stream()
        .filter(name -> !Objects.equals(values.get(name), found.values.get(name)))
        .map(name -> name + ": expected " + values.get(name) + ", found " + found.values.get(name))
        .toList();
  }

  private static void put(Map<String, String> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
  }

  private static String sorted(String[] notes) {
    return String.join(" ", Arrays.stream(notes).sorted().toList());
  }

  /** A tenth of a micrometre of position is lost to the order of a division, not to a mistake. */
  private static String rounded(double value) {
    return String.valueOf(Math.round(value * 1e9) / 1e9);
  }
}
