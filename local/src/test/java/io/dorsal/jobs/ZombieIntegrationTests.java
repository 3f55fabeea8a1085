package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.local.demo.DemoScan.Requested;
import io.dorsal.local.storage.FaultRule;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker is frozen past its lease, another takes over and finishes; then the first wakes up and
 * changes no row.
 */
@SuppressWarnings("NullAway.Init")
class ZombieIntegrationTests {

  private static final int FILES = 4_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Time for a woken worker to try everything it was about to do. */
  private static final Duration AWAKE = Duration.ofSeconds(8);

  @TempDir static Path directory;
  static ScannedArchive archive;

  @BeforeAll
  static void start() throws Exception {
    archive = ScannedArchive.start(directory, FILES);
  }

  @AfterAll
  static void close() throws Exception {
    archive.close();
  }

  @AfterEach
  void wakeEverybody() {
    for (String worker : List.of("worker-1", "worker-2")) {
      archive.stack().cont(worker);
    }
  }

  @Test
  void frozenInMidPartition() throws Exception {
    Requested scan = archive.request();
    await(scan, "select inspected >= 1000 as yes from scan_progress where scan_id = ?");
    String zombie = freezeHolder(scan);
    othersFinishAndTheZombieChangesNothing(scan, zombie);
  }

  @Test
  void frozenInTheCommitOfItsChunk() throws Exception {
    Requested scan = archive.request();
    await(scan, "select inspected >= 500 as yes from scan_progress where scan_id = ?");
    String zombie = freezeAtLock(scan, "scan_progress", "scan_id = ?", scan.scan());
    othersFinishAndTheZombieChangesNothing(scan, zombie);
  }

  @Test
  void frozenBetweenTheCheckOfItsLeaseAndItsCommit() throws Exception {
    Requested scan = archive.request();
    await(scan, "select inspected >= 500 as yes from scan_progress where scan_id = ?");
    String zombie = freezeAtLock(scan, "lease", "resource = ?", "scan/" + scan.scan() + "/1");
    othersFinishAndTheZombieChangesNothing(scan, zombie);
  }

  @Test
  void frozenInTheCommitOfAListedPage() throws Exception {
    archive.stack().gateway().faults().add(slowListing());
    Requested scan = archive.request();
    await(scan, "select state = 'LISTING' as yes from scan where id = ?");
    String zombie = freezeAtLock(scan, "scan_progress", "scan_id = ?", scan.scan());
    archive.stack().gateway().faults().clear();
    othersFinishAndTheZombieChangesNothing(scan, zombie);
  }

  @Test
  void frozenBetweenItsLastCommitAndTheEndOfItsJob() throws Exception {
    Requested scan = archive.request();
    await(scan, "select inspected >= 500 as yes from scan_progress where scan_id = ?");
    String zombie = freezeAtLock(scan, "batch.batch_job_execution", ENDING, scan.scan().toString());
    othersFinishAndTheZombieChangesNothing(scan, zombie);
  }

  @Test
  void killedBetweenItsLastCommitAndTheEndOfItsJob() throws Exception {
    Requested scan = archive.request();
    await(scan, "select inspected >= 500 as yes from scan_progress where scan_id = ?");
    String victim;
    try (Connection lock = lock("batch.batch_job_execution", ENDING, scan.scan().toString())) {
      awaitWaiting();
      victim = archive.holders(scan).getFirst();
      archive.stack().kill(victim);
      lock.rollback();
    }
    assertEnd(scan);
  }

  private static final String ENDING =
      """
      status = 'STARTED' and job_execution_id in
        (select job_execution_id from batch.batch_job_execution_params
         where parameter_name = 'scan' and parameter_value = ?)
      """;

  private static FaultRule slowListing() {
    return new FaultRule("GET comp=list", 2, "DELAY 2000", null);
  }

  private static void othersFinishAndTheZombieChangesNothing(Requested scan, String zombie)
      throws Exception {
    assertEnd(scan);
    long pid = archive.stack().process(zombie).pid().orElseThrow();
    List<String> before = archive.allRows(scan);

    archive.stack().cont(zombie);
    Thread.sleep(AWAKE);

    assertThat(archive.stack().process(zombie).pid()).hasValue(pid);
    assertThat(archive.allRows(scan)).isEqualTo(before);
    assertThat(archive.awaitSettled(scan)).isEmpty();
  }

  private static void assertEnd(Requested scan) throws Exception {
    assertThat(archive.awaitEnd(scan, PATIENCE)).isEqualTo("{state=COMPLETED}");
    assertThat(archive.awaitSettled(scan)).isEmpty();
    assertThat(archive.audit().mistakes(scan.source(), scan.scan())).isEmpty();
  }

  private static String freezeHolder(Requested scan) throws InterruptedException {
    String holder = archive.holders(scan).getFirst();
    archive.stack().stop(holder);
    return holder;
  }

  /** Freezes the worker while it waits for a row in mid-transaction, which it then gets. */
  private static String freezeAtLock(
      Requested scan, String table, String condition, Object parameter) throws Exception {
    try (Connection lock = lock(table, condition, parameter)) {
      awaitWaiting();
      String holder = freezeHolder(scan);
      lock.rollback();
      return holder;
    }
  }

  private static Connection lock(String table, String condition, Object parameter)
      throws Exception {
    Connection lock = DriverManager.getConnection(archive.stack().jdbcUrl());
    lock.setAutoCommit(false);
    try (var statement =
        lock.prepareStatement(
            "select 1 from " + table + " where " + condition + " for no key update")) {
      statement.setObject(1, parameter);
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).as("a row of %s to lock", table).isTrue();
      }
    }
    return lock;
  }

  /** Waits until somebody in mid-transaction stands at a lock, heartbeats not counted. */
  private static void awaitWaiting() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (archive
            .rows()
            .number(
                """
                select count(*) from pg_stat_activity
                where wait_event_type = 'Lock' and query not like '%heartbeat_at%'
                """)
        == 0) {
      assertThat(System.nanoTime()).as("nobody came to the lock").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static void await(Requested scan, String question) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!archive.rows().of(question, scan.scan()).equals(List.of("{yes=t}"))) {
      assertThat(System.nanoTime()).as(question).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
