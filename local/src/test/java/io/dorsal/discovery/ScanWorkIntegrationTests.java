package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ConnectionRepaired;
import io.dorsal.connections.Connections;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.GeneralProblem;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What workers that come too late say of a scan changes nothing. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ScanWorkIntegrationTests {

  private static ConfigurableApplicationContext rooms;
  private static ScanWork work;

  private final Caller caller = ScansForTests.someone();
  private UUID scan;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    work = rooms.getBean(ScanWork.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void list() {
    scan = ScansForTests.requested(rooms, caller).id();
    work.beginListing(caller.tenantId(), scan);
  }

  @Test
  void credentialThatIsRefusedPausesTheScanAndMarksTheConnection() {
    work.pauseForAuth(scan, 1, ConnectionProblem.SAS_EXPIRED, "The store answered 403.");
    assertThat(state()).isEqualTo(ScanState.PAUSED_AUTH);
    assertThat(connectionStatus()).isEqualTo("EXPIRED");
  }

  /** The read began with the old secret and was refused when the new one was saved already. */
  @Test
  void refusalOfTheOldCredentialDoesNotPauseAScanThatGoesOnWithTheNewOne() {
    work.pauseForAuth(scan, 1, ConnectionProblem.SAS_EXPIRED, "The store answered 403.");
    rooms
        .getBean(JdbcTemplate.class)
        .update("update connection set status = 'OK', can_list = 'OK', can_read = 'OK'");
    var repaired = new ConnectionRepaired(connection().id(), caller.tenantId());
    rooms
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> rooms.getBean(Scans.class).goOn(repaired));
    work.beginListing(caller.tenantId(), scan);

    work.pauseForAuth(scan, 1, ConnectionProblem.SAS_EXPIRED, "The store answered 403.");
    assertThat(state()).isEqualTo(ScanState.LISTING);
    assertThat(connectionStatus()).isEqualTo("OK");
    assertThat(work.fail(scan, 1, GeneralProblem.INTERNAL_ERROR, "Too late.")).isFalse();
    assertThat(state()).isEqualTo(ScanState.LISTING);

    work.pauseForAuth(scan, 2, ConnectionProblem.SAS_EXPIRED, "The store answered 403.");
    assertThat(state()).isEqualTo(ScanState.PAUSED_AUTH);
  }

  /** 40-13: a worker does nothing for an order that names another tenant's scan. */
  @Test
  void orderOfAnotherTenantIsToldFromOneWhoseScanIsGone() {
    UUID stranger = UUID.randomUUID();
    UUID tenant = caller.tenantId();
    assertThat(Tenancy.in(tenant, () -> work.foreign(tenant, scan))).isFalse();
    assertThat(Tenancy.in(stranger, () -> work.foreign(stranger, scan))).isTrue();
    assertThat(Tenancy.in(tenant, () -> work.foreign(tenant, UUID.randomUUID()))).isFalse();
    assertThat(Tenancy.in(stranger, () -> work.wants(scan))).isFalse();
  }

  private ScanState state() {
    return rooms.getBean(Scans.class).get(caller, scan).scan().state();
  }

  private String connectionStatus() {
    return connection().status().name();
  }

  private Connection connection() {
    Scan now = rooms.getBean(Scans.class).get(caller, scan).scan();
    RegisteredSource source =
        rooms.getBean(RegisteredSources.class).get(caller, now.sourceId()).source();
    return rooms.getBean(Connections.class).get(caller, source.connectionId());
  }
}
