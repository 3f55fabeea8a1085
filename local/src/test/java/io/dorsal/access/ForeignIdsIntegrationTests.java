package io.dorsal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.dorsal.accounts.Users;
import io.dorsal.apikeys.ApiKeys;
import io.dorsal.catalog.Cards;
import io.dorsal.catalog.JoinRequests;
import io.dorsal.catalog.PeopleLists;
import io.dorsal.catalog.organizations.OrganizationMembers;
import io.dorsal.catalog.organizations.Organizations;
import io.dorsal.connections.Connections;
import io.dorsal.discovery.RegisteredSources;
import io.dorsal.discovery.ScanResults;
import io.dorsal.discovery.Scans;
import io.dorsal.discovery.SpreadsheetFormats;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.operations.Notices;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import io.dorsal.support.Parcel;
import io.dorsal.support.Parcels;
import io.dorsal.webhooks.Deliveries;
import io.dorsal.webhooks.Webhooks;
import io.dorsal.work.RunningJobs;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How long an answer takes tells nothing of other tenants: for an id of theirs and for one that
 * never was, the same statements are asked in the same order. One use case of each kind of thing.
 */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ForeignIdsIntegrationTests {

  /** What somebody asks about the thing with this id. */
  @FunctionalInterface
  private interface Question {
    void ask(Caller caller, UUID id);
  }

  /**
   * @param table in which the other tenant has the row
   * @param key its column with the id
   */
  private record Kind(String table, String key, Question question) {
    @Override
    public String toString() {
      return table;
    }
  }

  /** The id of every row that {@link TenantRows} writes. */
  private static final UUID THEIRS = new UUID(0, 1);

  private static ConfigurableApplicationContext rooms;
  private static HikariDataSource superuser;
  private static TenantRows rows;

  private final UUID tenant = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();
  private final Caller caller = CallersForTests.user(tenant, user, TenantRole.TENANT_ADMIN);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database, StatementsForTests.Recorded.class);
    superuser = ServersForTests.Postgres.superuser(database);
    superuser.setMaximumPoolSize(1);
    rows = new TenantRows(new JdbcTemplate(superuser));
    UUID them = UUID.randomUUID();
    kinds().forEach(kind -> rows.write(kind.table(), them));
  }

  @AfterAll
  static void stop() {
    superuser.close();
    rooms.close();
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        kind("connection", (who, id) -> room(Connections.class).get(who, id)),
        kind("source", (who, id) -> room(RegisteredSources.class).get(who, id)),
        kind("scan", (who, id) -> room(Scans.class).get(who, id)),
        kind("found_file", (who, id) -> room(ScanResults.class).file(who, id, id)),
        kind("spreadsheet_format", (who, id) -> room(SpreadsheetFormats.class).get(who, id)),
        new Kind(
            "scan_progress",
            "scan_id",
            (who, id) -> room(RunningJobs.class).get(who, id.toString())),
        kind("users", (who, id) -> room(Users.class).get(who, id)),
        kind("api_key", (who, id) -> room(ApiKeys.class).get(who, id)),
        kind("webhook", (who, id) -> room(Webhooks.class).get(who, id)),
        kind("webhook_delivery", (who, id) -> room(Deliveries.class).redeliver(who, id, id)),
        kind("population", (who, id) -> room(Cards.class).get(who, id)),
        new Kind(
            "population_member",
            "user_id",
            (who, id) -> room(PeopleLists.class).member(who, id, id)),
        kind("join_request", (who, id) -> room(JoinRequests.class).withdraw(who, id, id)),
        kind("organization", (who, id) -> room(Organizations.class).get(who, id)),
        new Kind(
            "organization_member",
            "user_id",
            (who, id) -> room(OrganizationMembers.class).get(who, id, id)),
        kind("parcel", (who, id) -> room(Parcels.class).find(who, Parcel.Kind.BUNDLE, id)),
        kind("notice", (who, id) -> room(Notices.class).read(who, id)));
  }

  private static Kind kind(String table, Question question) {
    return new Kind(table, "id", question);
  }

  private static <T> T room(Class<T> type) {
    return rooms.getBean(type);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anotherTenantsIdAndOneThatNeverWasAreTheSameWork(Kind kind) {
    assertThat(
            new JdbcTemplate(superuser)
                .queryForObject(
                    "select count(*) from dorsal.%s where %s = ?"
                        .formatted(kind.table(), kind.key()),
                    Long.class,
                    THEIRS))
        .isEqualTo(1);

    List<String> never = asked(kind, UUID.randomUUID());

    assertThat(never).anyMatch(statement -> statement.startsWith("prepare"));
    assertThat(asked(kind, THEIRS)).isEqualTo(never);
  }

  private List<String> asked(Kind kind, UUID id) {
    List<String> asked =
        StatementsForTests.of(
            () ->
                assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> Tenancy.run(tenant, () -> kind.question().ask(caller, id)))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(GeneralProblem.NOT_FOUND)));
    // The schema's guard alone uses plain statements, every two seconds.
    return asked.stream().filter(each -> !each.equals("createStatement")).toList();
  }
}
