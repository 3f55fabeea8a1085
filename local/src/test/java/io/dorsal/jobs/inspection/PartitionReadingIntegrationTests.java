package io.dorsal.jobs.inspection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.connections.ConnectionProblem;
import io.dorsal.discovery.PartitionItem;
import io.dorsal.discovery.PartitionWork;
import io.dorsal.discovery.ScanNotActiveException;
import io.dorsal.discovery.ScanPartition;
import io.dorsal.discovery.metadata.MetadataReader;
import io.dorsal.jobs.Migration;
import io.dorsal.jobs.contents.ContentReaders;
import io.dorsal.jobs.contents.ContentsSettings;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.Source;
import io.dorsal.sources.SourceException;
import io.dorsal.sources.SourcePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** How a partition's files come out of the database, and one by one after two deaths. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class PartitionReadingIntegrationTests {

  private static final int FILES = 1_203;

  private static ConfigurableApplicationContext rooms;
  private static JdbcTemplate jdbc;
  private static PartitionWork partitions;

  private final UUID scan = UUID.randomUUID();
  private final Dying store = new Dying();
  private final ContentReaders readers =
      new ContentReaders(
          new ContentsSettings(1, DataSize.ofMegabytes(64), Duration.ofSeconds(30), null));
  private final FileInspector inspector =
      new FileInspector(new MetadataReader(Clock.systemUTC()), readers.open(null, () -> {}), store);

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    jdbc = rooms.getBean(JdbcTemplate.class);
    partitions = rooms.getBean(PartitionWork.class);
    // Partitions, items and files stand alone here, without the scan that made them.
    jdbc.execute("alter table scan_progress drop constraint scan_progress_scan_id_fkey");
    jdbc.execute("alter table scan_partition drop constraint scan_partition_scan_id_fkey");
    jdbc.execute("alter table scan_item drop constraint scan_item_scan_id_fkey");
    jdbc.execute("alter table found_file drop constraint found_file_source_id_fkey");
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void partition() {
    jdbc.update(
        "insert into scan_progress (scan_id, tenant_id, partitions_total) values (?, ?, 1)",
        scan,
        scan);
    jdbc.update(
        """
        insert into scan_partition
            (scan_id, number, tenant_id, first_ordinal, last_ordinal, next_ordinal, state)
        values (?, 1, ?, 1, ?, 1, 'READY')
        """,
        scan,
        scan,
        FILES);
    jdbc.update(
        """
        with f as (
          insert into found_file (tenant_id, source_id, path, folder, class, size, etag,
              last_modified, first_scan_number, last_scan_number)
          select ?, ?, 'f' || lpad(n::text, 5, '0') || '.jpg', '', 'IMAGE', 10, '"1"', now(), 1, 1
          from generate_series(1, ?) n returning id, path)
        insert into scan_item (tenant_id, scan_id, ordinal, file_id)
        select ?, ?, row_number() over (order by path), id from f
        """,
        scan,
        scan,
        FILES,
        scan,
        scan);
  }

  @AfterEach
  void closeReaders() {
    readers.destroy();
  }

  @Test
  void readsEveryFileOnceInOrderFromTheCheckpointOn() {
    List<Long> ordinals = read(begin(false));
    assertThat(ordinals).hasSize(FILES).isSorted().doesNotHaveDuplicates().startsWith(1L);
    jdbc.update("update scan_partition set next_ordinal = 1001 where scan_id = ?", scan);
    assertThat(read(begin(false))).hasSize(203).startsWith(1_001L).endsWith((long) FILES);
  }

  @Test
  void twoDeathsInOneChunkMakeTheNextTakeFilesOneByOne() {
    assertThat(begin(false).oneByOne()).isFalse();
    assertThat(begin(true).oneByOne()).isFalse();
    assertThat(begin(true).oneByOne()).isTrue();
  }

  /** Work may fail without its worker's death. */
  @Test
  void twoFailuresInOneChunkDoSoToo() {
    begin(false);
    partitions.failed(scan, 1);
    assertThat(begin(false).oneByOne()).isFalse();
    partitions.failed(scan, 1);
    assertThat(begin(false).oneByOne()).isTrue();
  }

  @Test
  void fileThatKillsItsWorkerIsFoundAndTheOthersAreInspected() throws InterruptedException {
    begin(true);
    ScanPartition third = begin(true);
    store.deadly = "f00007.jpg";
    var first = new OneByOne(inspector, partitions, third, 500);
    List<PartitionItem> items = partitions.items(scan, 1, 10, 500);
    items.subList(0, 6).forEach(first::inspect);
    // A dead worker comes back from nothing.
    Thread.ofVirtual().start(() -> first.inspect(items.get(6)));
    store.killed.await();
    assertThat(suspect()).isEqualTo(7);
    store.deadly = "";

    var next = new OneByOne(inspector, partitions, begin(true), 500);
    List<@Nullable String> codes = codes(next);
    assertThat(codes).filteredOn("WORKER_CRASH"::equals).hasSize(1);
    assertThat(codes.get(6)).isEqualTo("WORKER_CRASH");
    assertThat(suspect()).isEqualTo(10);
  }

  @Test
  void fileThatFailsItsWorkerAloneIsFoundAtOnce() {
    begin(true);
    store.failures.put("f00003.jpg", new StackOverflowError());
    var third = new OneByOne(inspector, partitions, begin(true), 500);
    assertThat(codes(third)).filteredOn("WORKER_CRASH"::equals).hasSize(1);
    assertThat(codes(third).get(2)).isEqualTo("WORKER_CRASH");
  }

  /** Neither the store's trouble nor this machine's is a file's fault, nor is a stop. */
  @Test
  void whatIsNoFileSOwnFaultIsPassedOn() {
    begin(true);
    var third = new OneByOne(inspector, partitions, begin(true), 500);
    for (SourceException.Kind kind :
        List.of(
            SourceException.Kind.BUSY,
            SourceException.Kind.AUTH,
            SourceException.Kind.UNAVAILABLE)) {
      var problem = ConnectionProblem.SOURCE_BUSY;
      var refusal = new SourceException(kind, problem, "refused", null, null);
      store.failures.put("f00003.jpg", refusal);
      assertThatThrownBy(() -> codes(third)).isSameAs(refusal);
    }
    var full = new UncheckedIOException(new IOException("No space left on device"));
    store.failures.put("f00003.jpg", full);
    assertThatThrownBy(() -> codes(third)).isSameAs(full);
    var over = new ScanNotActiveException(scan);
    store.failures.put("f00003.jpg", over);
    assertThatThrownBy(() -> codes(third)).isSameAs(over);
  }

  private List<@Nullable String> codes(OneByOne files) {
    List<@Nullable String> codes = new ArrayList<>();
    for (PartitionItem item : partitions.items(scan, 1, 10, 500)) {
      codes.add(requireNonNull(files.inspect(item).inspection()).code());
    }
    return codes;
  }

  @Test
  void filesBehindTheChunkAreNotNamedOneByOne() {
    begin(true);
    var behind = new OneByOne(inspector, partitions, begin(true), 500);
    behind.inspect(partitions.items(scan, 501, 501, 1).getFirst());
    assertThat(suspect()).isNull();
    behind.inspect(partitions.items(scan, 500, 500, 1).getFirst());
    assertThat(suspect()).isEqualTo(500);
  }

  private List<Long> read(ScanPartition partition) {
    var reader = new PartitionReader(partitions, partition);
    List<Long> ordinals = new ArrayList<>();
    for (PartitionItem item = reader.read(); item != null; item = reader.read()) {
      ordinals.add(item.ordinal());
    }
    assertThat(reader.read()).isNull();
    return ordinals;
  }

  private ScanPartition begin(boolean tookOver) {
    return partitions.begin(scan, 1, tookOver).orElseThrow();
  }

  private @Nullable Integer suspect() {
    return jdbc.queryForObject(
        "select suspect from scan_partition where scan_id = ?", Integer.class, scan);
  }

  /** Holds files that are no pictures, one that kills whoever reads it, and some that fail. */
  private static final class Dying implements Source {
    private final CountDownLatch killed = new CountDownLatch(1);
    private final Map<String, Throwable> failures = new HashMap<>();
    private volatile String deadly = "";

    @Override
    public SourcePage list(String prefix, @Nullable String continuation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] read(String path, String etag, long offset, int length) {
      if (path.equals(deadly)) {
        killed.countDown();
        LockSupport.park();
      }
      Throwable failure = failures.get(path);
      if (failure instanceof RuntimeException thrown) {
        throw thrown;
      } else if (failure instanceof Error thrown) {
        throw thrown;
      }
      return new byte[Math.clamp(10 - offset, 0, length)];
    }

    @Override
    public ListedFile stat(String path) {
      throw new UnsupportedOperationException();
    }
  }
}
