package io.dorsal.jobs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.discovery.ScanWork;
import io.dorsal.discovery.Scans;
import io.dorsal.discovery.ScansForTests;
import io.dorsal.jobs.JobsSettings;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.work.Leases;
import io.dorsal.work.WorkSettings;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

/** Whose work the watch ends, and whose it leaves alone. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class HeldLeasesIntegrationTests {

  private static final Duration WATCH = Duration.ofMillis(50);

  private static ConfigurableApplicationContext rooms;
  private static ScanWork work;

  private final Caller caller = ScansForTests.someone();
  private HeldLeases leases;
  private UUID scan;
  private WorkOrder order;
  private Held held;

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
  void hold() {
    var jobs = new JobsSettings(4, 16, Duration.ZERO, Duration.ofSeconds(1), WATCH, Duration.ZERO);
    leases =
        new HeldLeases(rooms.getBean(Leases.class), work, rooms.getBean(WorkSettings.class), jobs);
    scan = ScansForTests.requested(rooms, caller).id();
    order = new WorkOrder(scan, caller.tenantId(), null, 1);
    held = leases.acquire(order, "scan/" + scan, () -> true).orElseThrow();
  }

  @AfterEach
  void giveBack() {
    leases.release(held);
    leases.destroy();
  }

  /** The lease is taken before the scan is LISTING: the watch may look in between. */
  @Test
  void justRequestedScanIsNotStopped() throws InterruptedException {
    Thread.sleep(WATCH.multipliedBy(10));
    assertThat(held.signal().stopping()).isFalse();
    held.signal().mayGoOn();
  }

  @Test
  void scanAtWorkIsNotStoppedUntilItIsCanceled() throws InterruptedException {
    work.beginListing(caller.tenantId(), scan);
    Thread.sleep(WATCH.multipliedBy(10));
    assertThat(held.signal().stopping()).isFalse();

    rooms.getBean(Scans.class).cancel(caller, scan);
    await(() -> held.signal().stopping());
    assertThatThrownBy(() -> held.signal().mayGoOn()).isInstanceOf(WorkStoppedException.class);
  }

  @Test
  void secondMessageOfThisProcessDoesNotTakeTheLeaseFromTheFirst() {
    int[] asked = {0};
    assertThat(leases.acquire(order, "scan/" + scan, () -> asked[0]++ < 2)).isEmpty();
    assertThat(rooms.getBean(Leases.class).isHeld("scan/" + scan)).isTrue();
    assertThat(held.lease().epoch()).isEqualTo(1);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within ten seconds").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
