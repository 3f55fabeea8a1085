package io.dorsal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The whole database, to look for what must not be in it. */
public final class EveryRow {

  private EveryRow() {}

  /** All rows of all tables as text; what is kept in bytes is read as text, too. */
  public static List<String> of(ApiStack api) {
    List<String> all = new ArrayList<>();
    List<String> names =
        api.rows(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema')
              and table_type = 'BASE TABLE'
            """);
    assertThat(names).hasSizeGreaterThan(20);
    for (String name : names) {
      all.addAll(api.rows("select t::text from " + name + " t"));
    }
    List<String> bytes =
        api.rows(
            """
            select format('select encode(%I, ''escape'') from %I.%I',
                column_name, table_schema, table_name)
            from information_schema.columns
            where data_type = 'bytea' and table_schema not in ('pg_catalog', 'information_schema')
            """);
    assertThat(bytes).hasSizeGreaterThan(3);
    for (String query : bytes) {
      all.addAll(api.rows(query));
    }
    return all;
  }
}
