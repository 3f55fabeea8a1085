package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.PopulationRole;
import io.dorsal.access.TenantRole;
import io.dorsal.discovery.FormatSuggestions.Decision;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Known formats of section 2.5, and suggestions of them. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class SpreadsheetFormatsIntegrationTests {

  private static ConfigurableApplicationContext rooms;
  private static SpreadsheetFormats formats;
  private static FormatSuggestions suggestions;
  private static JdbcTemplate jdbc;

  private final Caller caller = ScansForTests.someone();

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    formats = rooms.getBean(SpreadsheetFormats.class);
    suggestions = rooms.getBean(FormatSuggestions.class);
    jdbc = rooms.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @Test
  void formatIsSuggestedFromFourOfFiveHeadersOnAndDismissedForItsSource() {
    Scan scan = ScansForTests.requested(rooms, caller);
    sheet(scan, "a.csv", "date", "time", "whale id", "observer", "x");
    UUID fits =
        formats.create(caller, format("Log", "Date", "Time", "Whale  ID", "Observer", "Site")).id();
    formats.create(caller, format("Other", "Date", "Time", "Whale ID", "Boat", "Site"));
    formats.create(ScansForTests.someone(), format("Not ours", "Date", "Time"));

    assertThat(suggestions.list(caller, scan.id()))
        .containsExactly(new FormatSuggestion(fits, "Log", 1, 0.8, Map.of("date", "Date"), null));
    suggestions.decide(caller, scan.id(), fits, Decision.ACCEPTED);
    assertThat(suggestions.list(caller, scan.id()).getFirst().decision()).isEqualTo("ACCEPTED");
    suggestions.decide(caller, scan.id(), fits, Decision.DISMISSED);
    assertThat(suggestions.list(caller, scan.id())).isEmpty();
    refused("NOT_FOUND", () -> suggestions.decide(caller, scan.id(), fits, Decision.ACCEPTED));
    assertThat(
            jdbc.queryForObject(
                "select count(*) from event where subject_id = ? and name ="
                    + " 'format_suggestion.decided'",
                Integer.class,
                fits))
        .isEqualTo(2);
  }

  @Test
  void changesNeedTheVersionThatWasSeen() {
    SpreadsheetFormat made = formats.create(caller, format("Log", "Date"));
    SpreadsheetFormat changed = formats.change(caller, made.id(), 0, format("Log 2", "Day"));
    assertThat(changed.version()).isEqualTo(1);
    assertThat(changed.requiredHeaders()).containsExactly("Day");
    refused("STALE_VERSION", () -> formats.delete(caller, made.id(), 0));
    formats.delete(caller, made.id(), 1);
    refused("NOT_FOUND", () -> formats.get(caller, made.id()));
  }

  @Test
  void refusesWhatIsNotOne() {
    formats.create(caller, format("Log", "Date"));
    refused("NAME_TAKEN", () -> formats.create(caller, format("LOG", "Date")));
    refused("VALIDATION_FAILED", () -> formats.create(caller, format("Twice", "Date", " date")));
    refused("VALIDATION_FAILED", () -> formats.create(caller, format("None")));
    var unknown = JsonMapper.shared().readTree("{\"color\": \"Date\"}");
    refused(
        "VALIDATION_FAILED",
        () -> formats.create(caller, new FormatRequest("Color", List.of("Date"), unknown)));
    Caller reader =
        Caller.of(caller.tenantId(), "bea", TenantRole.MEMBER)
            .with(UUID.randomUUID(), PopulationRole.PROFESSIONAL);
    assertThat(formats.list(reader)).hasSize(1);
    refused("PERMISSION_DENIED", () -> formats.create(reader, format("Mine", "Date")));
    refused(
        "NOT_FOUND",
        () -> formats.get(ScansForTests.someone(), formats.list(caller).getFirst().id()));
  }

  private static void refused(String code, Runnable act) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().name()).isEqualTo(code));
  }

  private static FormatRequest format(String name, String... headers) {
    var mapping = JsonMapper.shared().readTree("{\"date\": \"Date\"}");
    return new FormatRequest(name, List.of(headers), mapping);
  }

  private static void sheet(Scan scan, String path, String... headings) {
    UUID file = UUID.randomUUID();
    jdbc.update(
        """
        insert into found_file (id, tenant_id, source_id, path, folder, class, size, etag,
            last_modified, first_scan_number, last_scan_number)
        values (?, ?, ?, ?, '', 'SPREADSHEET', 1, 'e', now(), 1, 1)
        """,
        file,
        scan.tenantId(),
        scan.sourceId(),
        path);
    jdbc.update(
        "insert into file_contents (file_id, tenant_id, source_id, cut, sheet_count, table_count,"
            + " row_count) values (?, ?, ?, false, 1, 0, 1)",
        file,
        scan.tenantId(),
        scan.sourceId());
    jdbc.update(
        "insert into spreadsheet_sheet (file_id, number, tenant_id, name, row_count, columns,"
            + " samples, headings) values (?, 1, ?, '', 1, '[]', '[]', ?)",
        statement -> {
          statement.setObject(1, file);
          statement.setObject(2, scan.tenantId());
          statement.setArray(3, statement.getConnection().createArrayOf("text", headings));
        });
  }
}
