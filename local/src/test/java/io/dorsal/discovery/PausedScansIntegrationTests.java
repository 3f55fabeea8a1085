package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.access.Caller;
import io.dorsal.connections.Connection;
import io.dorsal.connections.ConnectionChanges;
import io.dorsal.connections.ConnectionProblem;
import io.dorsal.connections.ConnectionStatus;
import io.dorsal.connections.Connections;
import io.dorsal.jobs.Migration;
import io.dorsal.local.ClockForTests;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

/** Section 2.2: how a scan in PAUSED_AUTH goes on, or ends. Nobody answers at its store. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class PausedScansIntegrationTests {

  private static final String ANOTHER =
      "sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2098-01-01T00:00:00Z&spr=https&sig=bmV3";

  private static ConfigurableApplicationContext rooms;

  private final Instant paused = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Caller caller = ScansForTests.someone();
  private UUID scan;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database, ClockForTests.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void pause() {
    at(paused);
    scan = ScansForTests.requested(rooms, caller).id();
    var work = rooms.getBean(ScanWork.class);
    work.beginListing(caller.tenantId(), scan);
    work.pauseForAuth(scan, 1, ConnectionProblem.SIGNATURE_INVALID, "The store answered 403.");
  }

  @Test
  void after14DaysWithoutANewCredentialItFails() {
    at(paused.plus(Duration.ofDays(14)));
    scans().failNotRenewed();
    assertThat(now().state()).isEqualTo(ScanState.PAUSED_AUTH);

    at(paused.plus(Duration.ofDays(14)).plusSeconds(1));
    scans().failNotRenewed();

    assertThat(now().state()).isEqualTo(ScanState.FAILED);
    assertThat(now().finishedAt()).isEqualTo(paused.plus(Duration.ofDays(14)).plusSeconds(1));
    Scan.Cause cause = Objects.requireNonNull(now().cause());
    assertThat(cause.code()).isEqualTo("AUTH_NOT_RENEWED");
    assertThat(cause.fix()).isEqualTo("Save a new credential and start again.");
  }

  /** Section 1.3: only a secret that passes its check lets scans go on. */
  @Test
  void newSecretThatNobodyCouldTryLetsNothingGoOn() {
    Connection known = connection();
    Connection replaced =
        rooms
            .getBean(ConnectionChanges.class)
            .replaceSecret(caller, known.id(), Objects.requireNonNull(known.version()), ANOTHER);
    assertThat(replaced.secretVersion()).isEqualTo(known.secretVersion() + 1);
    assertThat(replaced.status()).isEqualTo(ConnectionStatus.UNVERIFIED);
    assertThat(replaced.scannable()).as("a new scan may be tried").isTrue();
    assertThat(now().state()).isEqualTo(ScanState.PAUSED_AUTH);
  }

  @Test
  void personCannotResumeItWithoutAPass() {
    Connection known = connection();
    rooms
        .getBean(ConnectionChanges.class)
        .replaceSecret(caller, known.id(), Objects.requireNonNull(known.version()), ANOTHER);
    var refusal = catchThrowableOfType(ProblemException.class, () -> scans().resume(caller, scan));
    assertThat(refusal.problem()).isEqualTo(ConnectionProblem.CONNECTION_BROKEN);
    assertThat(refusal.details()).containsEntry("cause", "SOURCE_BUSY");
    assertThat(now().state()).isEqualTo(ScanState.PAUSED_AUTH);
  }

  private Scan now() {
    return scans().get(caller, scan).scan();
  }

  private Connection connection() {
    var source = rooms.getBean(RegisteredSources.class).get(caller, now().sourceId()).source();
    return rooms.getBean(Connections.class).get(caller, source.connectionId());
  }

  private static Scans scans() {
    return rooms.getBean(Scans.class);
  }

  private static void at(Instant now) {
    rooms.getBean(ClockForTests.Hand.class).set(now);
  }
}
