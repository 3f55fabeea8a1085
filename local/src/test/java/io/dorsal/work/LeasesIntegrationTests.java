package io.dorsal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Leases, and the commits they guard. Two contexts stand for two workers. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class LeasesIntegrationTests {

  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext other;
  private static JdbcTemplate jdbc;

  private final UUID subject = UUID.randomUUID();
  private final String resource = "scan/" + subject;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    one = RoomsForTests.on(database);
    other = RoomsForTests.on(database);
    jdbc = one.getBean(JdbcTemplate.class);
    jdbc.execute("create table written (by text)");
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  @Test
  void oneHolderAtATimeUntilItIsGivenBack() {
    Lease first = leases(one).tryAcquire(resource, subject).orElseThrow();
    assertThat(first).isEqualTo(new Lease(resource, 1, false));
    assertThat(leases(other).tryAcquire(resource, subject)).isEmpty();
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.ACTIVE);
    leases(one).release(first);
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.QUEUED);
    assertThat(leases(other).tryAcquire(resource, subject)).contains(new Lease(resource, 2, false));
  }

  @Test
  void holderTakesItsOwnAgainUnderAHigherEpoch() {
    Lease first = leases(one).tryAcquire(resource, subject).orElseThrow();
    Lease again = leases(one).tryAcquire(resource, subject).orElseThrow();
    assertThat(again).isEqualTo(new Lease(resource, 2, false));
    leases(one).release(first);
    assertThat(leases(other).tryAcquire(resource, subject)).isEmpty();
    leases(one).release(again);
    assertThat(leases(other).tryAcquire(resource, subject)).contains(new Lease(resource, 3, false));
  }

  @Test
  void silentHolderIsLostAndItsLeaseTakenOverUnderAHigherEpoch() throws InterruptedException {
    Lease first = leases(one).tryAcquire(resource, subject).orElseThrow();
    Thread.sleep(900);
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.LOST);
    assertThat(leases(other).tryAcquire(resource, subject)).contains(new Lease(resource, 2, true));
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.ACTIVE);

    Thread.sleep(900);
    leases(one).heartbeat(List.of(first));
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.LOST);
    leases(one).release(first);
    assertThat(leases(other).statusOf(subject)).isEqualTo(WorkerStatus.LOST);
  }

  @Test
  void heartbeatKeepsTheLease() throws InterruptedException {
    Lease lease = leases(one).tryAcquire(resource, subject).orElseThrow();
    for (int i = 0; i < 5; i++) {
      Thread.sleep(250);
      leases(one).heartbeat(List.of(lease));
    }
    assertThat(leases(other).tryAcquire(resource, subject)).isEmpty();
  }

  @Test
  void onlyLeasesGivenBackAreForgotten() {
    Lease done = leases(one).tryAcquire(resource + "/1", subject).orElseThrow();
    assertThat(leases(one).tryAcquire(resource + "/2", subject)).isPresent();
    leases(one).release(done);
    leases(one).forget(subject);
    assertThat(
            jdbc.queryForList(
                "select resource from lease where subject = ?", String.class, subject))
        .containsExactly(resource + "/2");
  }

  @Test
  void commitUnderALivingLeaseIsKept() {
    Lease lease = leases(one).tryAcquire(resource, subject).orElseThrow();
    LeasedTransactionManager.runUnder(lease, () -> write(one));
    assertThat(writtenBySubject()).isEqualTo(1);
  }

  @Test
  void commitUnderALostLeaseLeavesNothing() throws InterruptedException {
    Lease lost = leases(one).tryAcquire(resource, subject).orElseThrow();
    Thread.sleep(900);
    Lease taken = leases(other).tryAcquire(resource, subject).orElseThrow();
    assertThatThrownBy(() -> LeasedTransactionManager.runUnder(lost, () -> write(one)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(writtenBySubject()).isZero();
    LeasedTransactionManager.runUnder(taken, () -> write(other));
    assertThat(writtenBySubject()).isEqualTo(1);
  }

  @Test
  void commitAfterTheLeaseWasGivenBackLeavesNothing() {
    Lease lease = leases(one).tryAcquire(resource, subject).orElseThrow();
    leases(one).release(lease);
    assertThatThrownBy(() -> LeasedTransactionManager.runUnder(lease, () -> write(one)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(writtenBySubject()).isZero();
    write(one);
    assertThat(writtenBySubject()).isEqualTo(1);
  }

  @Test
  void nobodyTakesOverBetweenTheCheckAndTheCommit() throws InterruptedException {
    Lease lease = leases(one).tryAcquire(resource, subject).orElseThrow();
    Thread.sleep(900);
    one.getBean(TransactionTemplate.class)
        .executeWithoutResult(
            status -> {
              // What the check before a commit does.
              jdbc.queryForList(
                  "select 1 from lease where resource = ? and epoch = ? for share",
                  resource,
                  lease.epoch());
              assertThat(leases(other).tryAcquire(resource, subject)).isEmpty();
            });
    assertThat(leases(other).tryAcquire(resource, subject)).isPresent();
  }

  private void write(ConfigurableApplicationContext worker) {
    worker
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(
            status ->
                worker
                    .getBean(JdbcTemplate.class)
                    .update("insert into written values (?)", subject.toString()));
  }

  private int writtenBySubject() {
    return jdbc.queryForList("select 1 from written where by = ?", subject.toString()).size();
  }

  private static Leases leases(ConfigurableApplicationContext worker) {
    return worker.getBean(Leases.class);
  }
}
