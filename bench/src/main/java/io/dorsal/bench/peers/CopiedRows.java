package io.dorsal.bench.peers;

import io.dorsal.bench.figures.Meter;
import io.dorsal.bench.figures.Part;
import io.dorsal.bench.figures.Sample;
import io.dorsal.bench.figures.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code COPY} by psql of rows that Dorsal wrote, into the same tables as those of another source.
 * Only the statement is timed, not psql's start.
 */
public final class CopiedRows {

  /** Where psql comes from. */
  public static final String PACKAGE = "postgresql-client";

  private static final Pattern TIMED = Pattern.compile("(?m)^Time: ([0-9.]+) ms");
  private static final Pattern COPIED = Pattern.compile("(?m)^COPY (\\d+)$");

  private final Tool psql;
  private final String database;
  private final List<Part> parts;
  private final Path scratch;

  /**
   * @param database JDBC URL with a user who sees every tenant, and its password
   * @param parts the database's processes
   */
  public CopiedRows(Tool psql, String database, List<Part> parts, Path scratch) {
    this.psql = psql;
    this.database = database;
    this.parts = parts;
    this.scratch = scratch;
  }

  /** Copies the rows that the listing of one source made, as those of another, which has none. */
  public Sample listing(UUID model, UUID source) throws IOException, InterruptedException {
    List<String> columns = columns("found_file");
    String values =
        values(
            columns,
            column ->
                switch (column) {
                  case "id" -> "uuidv7()";
                  case "source_id" -> quoted(source);
                  default -> column;
                });
    String rows =
        "select %s from (select * from dorsal.found_file where source_id = %s order by id) as f"
            .formatted(values, quoted(model));
    return copied("found_file", columns, rows);
  }

  /**
   * Copies the rows that inspections of one source made, as those of another of the same files.
   *
   * @param scan of the other source
   */
  public Sample inspections(UUID model, UUID source, UUID scan)
      throws IOException, InterruptedException {
    List<String> columns = columns("file_inspection");
    String values =
        values(
            columns,
            column ->
                switch (column) {
                  case "file_id" -> "n.id";
                  case "source_id" -> quoted(source);
                  case "scan_id" -> quoted(scan);
                  default -> "i." + column;
                });
    String rows =
        """
        select %s from dorsal.file_inspection i join dorsal.found_file f on f.id = i.file_id
        join dorsal.found_file n on n.source_id = %s and n.path = f.path
        where i.source_id = %s order by n.path
        """
            .formatted(values, quoted(source), quoted(model))
            .replace('\n', ' ');
    return copied("file_inspection", columns, rows);
  }

  private static String values(List<String> columns, Function<String, String> value) {
    return String.join(", ", columns.stream().map(value).toList());
  }

  private static String quoted(UUID id) {
    return "'" + id + "'::uuid";
  }

  private Sample copied(String table, List<String> columns, String rows)
      throws IOException, InterruptedException {
    Path file = scratch.resolve(table + ".copy");
    run(List.of("\\copy (" + rows + ") to '" + file + "'"));
    Meter meter = Meter.start(Traffic.NONE, parts);
    String into = "dorsal.%s (%s)".formatted(table, String.join(", ", columns));
    List<String> copy = List.of("\\timing on", "\\copy " + into + " from '" + file + "'");
    Tool.Ran ran = run(copy);
    String said = Files.readString(scratch.resolve("psql.out"));
    Sample sample = meter.stop(copied(said), time(said));
    Files.delete(file);
    return sample.with("psql", ran.use());
  }

  private Tool.Ran run(List<String> commands) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-X", "-v", "ON_ERROR_STOP=1"));
    arguments.add("--dbname=" + database.substring("jdbc:".length()));
    commands.forEach(command -> arguments.addAll(List.of("-c", command)));
    Path errors = scratch.resolve("psql.err");
    Tool.Ran ran = psql.run(arguments, scratch.resolve("psql.out"), errors);
    if (ran.exit() != 0) {
      throw new IOException("psql ended with " + ran.exit() + ":\n" + Files.readString(errors));
    }
    return ran;
  }

  static Duration time(String said) {
    return Duration.ofNanos((long) (Double.parseDouble(found(TIMED, said)) * 1e6));
  }

  static long copied(String said) {
    return Long.parseLong(found(COPIED, said));
  }

  private static String found(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException("psql said: " + said);
    }
    return matcher.group(1);
  }

  /** What can be written, in the table's order. */
  private List<String> columns(String table) {
    List<String> columns = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select column_name from information_schema.columns
                where table_schema = 'dorsal' and table_name = '%s' and is_generated = 'NEVER'
                order by ordinal_position
                """
                    .formatted(table))) {
      while (row.next()) {
        columns.add(row.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The columns of " + table + " are not told", e);
    }
    return columns;
  }
}
