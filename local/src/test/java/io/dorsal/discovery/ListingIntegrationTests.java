package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.access.Caller;
import io.dorsal.access.Tenancy;
import io.dorsal.access.TenantRole;
import io.dorsal.connections.ConnectionsForTests;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourcePage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a listing leaves in the database: files, token, folders, partitions and their messages. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ListingIntegrationTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");

  private static ConfigurableApplicationContext rooms;
  private static JdbcTemplate jdbc;

  private final UUID tenant = UUID.randomUUID();
  private RegisteredSource source;
  private int scans;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
    jdbc = rooms.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void register() {
    var aggregates = rooms.getBean(JdbcAggregateTemplate.class);
    var connection =
        aggregates.insert(
            ConnectionsForTests.unsaved(tenant, "http://127.0.0.1/source", List.of()));
    source =
        aggregates.insert(
            new RegisteredSource(
                UUID.randomUUID(),
                null,
                tenant,
                connection.id(),
                "archive",
                "photos",
                "",
                null,
                OnNewFiles.SCAN_ONLY,
                null,
                SourceState.ACTIVE,
                0,
                "ann",
                NOW));
  }

  @Test
  void eachPageIsKeptWithThePlaceOfTheNext() {
    Scan scan = listing(List.of(), List.of());
    save(scan, page("next-1", file("a.jpg", 3, "\"1\""), file("b.txt", 4, "\"2\"")));
    ScanProgress progress = listings().progress(scan);
    assertThat(progress.listToken()).isEqualTo("next-1");
    assertThat(progress.listComplete()).isFalse();
    assertThat(progress.listed()).isEqualTo(2);
    save(scan, page(null, file("c.nef", 5, "\"3\"")));
    progress = listings().progress(scan);
    assertThat(progress.listToken()).isNull();
    assertThat(progress.listComplete()).isTrue();
    assertThat(progress.listed()).isEqualTo(3);
    Map<String, @Nullable Object> row =
        jdbc.queryForMap("select * from found_file where source_id = ? and path = 'a.jpg'", id());
    assertThat(row)
        .containsEntry("size", 3L)
        .containsEntry("etag", "\"1\"")
        .containsEntry("class", "IMAGE")
        .containsEntry("folder", "")
        .containsEntry("tenant_id", tenant)
        .containsEntry("state", "PRESENT")
        .containsEntry("content_version", 1);
  }

  @Test
  void rollbackKeepsNeitherPageNorToken() {
    Scan scan = listing(List.of(), List.of());
    assertThatThrownBy(
            () ->
                transaction()
                    .executeWithoutResult(
                        status -> {
                          listings().save(scan, page("next", file("a.jpg", 1, "\"1\"")));
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");
    assertThat(listings().progress(scan).listToken()).isNull();
    assertThat(listings().progress(scan).listed()).isZero();
    assertThat(paths()).isEmpty();
  }

  @Test
  void pageOfAScanNoLongerListingIsRefused() {
    Scan scan = listing(List.of(), List.of());
    jdbc.update("update scan set state = 'CANCELED' where id = ?", scan.id());
    assertThatThrownBy(() -> save(scan, page(null, file("a.jpg", 1, "\"1\""))))
        .isInstanceOf(ScanNotActiveException.class);
    assertThat(paths()).isEmpty();
  }

  @Test
  void namesAreKeptByteForByte() {
    List<String> names =
        List.of(
            "line\nbreak\r.jpg",
            "\u202egpj.a\u200f.jpg",
            "Gr\u00fcn.jpg",
            "Gru\u0308n.jpg",
            "\ud83d\udc0b\u200d.jpg",
            "back\\slash\"quote'.jpg",
            "{brace,NULL}.jpg",
            "NULL",
            "a.jpg",
            "A.jpg",
            " blank .jpg ",
            "dot.",
            "../literal/a.jpg",
            "\ud83d\udc0b".repeat(1_020) + "a.bc",
            "\ud83d\udc0b".repeat(1_020) + "b.bc",
            "up../x..jpg",
            "%41.jpg",
            "\u0001\u007f.jpg");
    Scan scan = listing(List.of(), List.of());
    save(scan, page(null, names.stream().map(n -> file(n, 1, "\"1\"")).toArray(ListedFile[]::new)));
    assertThat(paths()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void orderOfLongNamesIsThatOfTheWhole() {
    String deep = "\ud83d\udc0b".repeat(250) + "/" + "\ud83d\udc0b".repeat(260) + "/";
    List<String> names =
        List.of(deep + "a.jpg", deep + "b.jpg", deep + "b/c.jpg", "x".repeat(500), "x".repeat(501));
    Scan scan = listing(List.of(), List.of());
    save(scan, page(null, names.stream().map(n -> file(n, 1, "\"1\"")).toArray(ListedFile[]::new)));
    save(scan, page(null, names.stream().map(n -> file(n, 1, "\"1\"")).toArray(ListedFile[]::new)));
    assertThat(paths()).hasSameSizeAs(names);
    cut(scan);
    assertThat(
            rooms.getBean(PartitionWork.class).items(scan.id(), 1, 10, 500).stream()
                .map(PartitionItem::path))
        .containsExactly(deep + "a.jpg", deep + "b.jpg", deep + "b/c.jpg");
  }

  @Test
  void patternsAndMarkersAreLeftOutAndCounted() {
    Scan scan = listing(List.of("2024/**"), List.of("**/*.TXT"));
    var marker = new ListedFile("2024/x", 0, "\"1\"", NOW, null, null, false, true);
    save(
        scan,
        page(
            null,
            file("2024/a.jpg", 1, "\"1\""),
            file("2024/b.txt", 1, "\"1\""),
            file("2023/c.jpg", 1, "\"1\""),
            file("2024/.git/d.jpg", 1, "\"1\""),
            file("2024/Thumbs.db", 1, "\"1\""),
            marker));
    assertThat(paths()).containsExactly("2024/a.jpg");
    ScanProgress progress = listings().progress(scan);
    assertThat(progress.listed()).isEqualTo(1);
    assertThat(progress.excluded()).isEqualTo(5);
  }

  @Test
  void knownFilesKeepTheirIdAndRiseInVersionOnlyWithTheirContent() {
    Scan first = listing(List.of(), List.of());
    byte[] md5 = new byte[16];
    save(first, page(null, file("same", 3, "\"1\"", md5), file("new", 3, "\"1\"", md5)));
    List<@Nullable UUID> ids = ids();
    cut(first);
    Scan second = listing(List.of(), List.of());
    byte[] changed = md5.clone();
    changed[0] = 1;
    save(second, page(null, file("same", 3, "\"2\"", md5), file("new", 3, "\"2\"", changed)));
    assertThat(ids()).isEqualTo(ids);
    assertThat(
            jdbc.queryForList(
                "select content_version from found_file where source_id = ? order by path",
                Integer.class,
                id()))
        .containsExactly(2, 1);
  }

  @Test
  void nothingToInspectCompletesTheScan() {
    Scan scan = listing(List.of(), List.of());
    save(scan, page(null, file("notes.unknown", 1, "\"1\"")));
    cut(scan);
    assertThat(state(scan)).isEqualTo("COMPLETED");
    assertThat(messages()).containsExactly(scan.id() + "-patterns");
  }

  @Test
  void filesAreCutInPathOrderIntoPartitionsOfTenThousand() {
    Scan scan = listing(List.of(), List.of());
    List<ListedFile> files = new ArrayList<>();
    IntStream.range(0, 25_001).forEach(i -> files.add(file("f%05d.jpg".formatted(i), 2, "\"1\"")));
    for (int at = 0; at < files.size(); at += 5_000) {
      int end = Math.min(files.size(), at + 5_000);
      save(scan, new SourcePage(files.subList(at, end), end == files.size() ? null : "n" + end));
    }
    cut(scan);
    assertThat(state(scan)).isEqualTo("INSPECTING");
    assertThat(
            jdbc.query(
                "select number, first_ordinal, last_ordinal, next_ordinal from scan_partition"
                    + " where scan_id = ? order by number",
                (row, n) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                scan.id()))
        .containsExactly(
            List.of(1L, 1L, 10_000L, 1L),
            List.of(2L, 10_001L, 20_000L, 10_001L),
            List.of(3L, 20_001L, 25_001L, 20_001L));
    ScanProgress progress = listings().progress(scan);
    assertThat(progress.toInspect()).isEqualTo(25_001);
    assertThat(progress.partitionsTotal()).isEqualTo(3);
    assertThat(messages()).containsExactly(scan.id() + "-p1", scan.id() + "-p2", scan.id() + "-p3");
    PartitionWork partitions = rooms.getBean(PartitionWork.class);
    assertThat(partitions.items(scan.id(), 10_000, 10_001, 500))
        .extracting(PartitionItem::path)
        .containsExactly("f09999.jpg", "f10000.jpg");
    assertThat(partitions.items(scan.id(), 20_001, 25_001, 500)).hasSize(500);
    assertThatThrownBy(() -> cut(scan)).isInstanceOf(ScanNotActiveException.class);
  }

  /** To statistics of before a new source has no rows; bound to a tenant, as a worker is. */
  @Test
  void listingThatFoundManyBringsStatisticsUpToDate() {
    Scan scan = listing(List.of(), List.of());
    save(
        scan,
        page(
            null,
            IntStream.range(0, 1_000)
                .mapToObj(i -> file("m%d.jpg".formatted(i), 2, "\"1\""))
                .toArray(ListedFile[]::new)));
    int before = analyses();
    Tenancy.run(tenant, () -> cut(scan));
    assertThat(analyses()).isEqualTo(before + 2);
  }

  private static int analyses() {
    return jdbc.queryForList(
            "select sum(analyze_count) from pg_stat_user_tables"
                + " where relname in ('found_file', 'scan_item')",
            Integer.class)
        .getFirst();
  }

  @Test
  void foldersCountAsANaiveRecountDoes() {
    List<String> paths =
        List.of(
            "root.jpg",
            "a/1.jpg",
            "a/b/2.nef",
            "a/b/3.jpg",
            "a-b/4.jpg",
            "a-b.jpg",
            "a b/5.txt",
            "A/6.jpg",
            "a//7.jpg",
            "a//b/8.jpg",
            "//9.jpg",
            "/10.jpg",
            "a.d/11.jpg",
            "a/b.c/12.jpg",
            "\u00e9/13.jpg",
            "e\u0301/14.jpg",
            "x\ny/15.jpg",
            "\ud83d\udc0b/16.jpg",
            "\uffee/17.jpg",
            "z/y/x/w/v/18.xlsx");
    Scan scan = listing(List.of(), List.of());
    save(
        scan,
        page(
            null,
            IntStream.range(0, paths.size())
                .mapToObj(i -> file(paths.get(i), 1L << i, "\"1\""))
                .toArray(ListedFile[]::new)));
    cut(scan);
    Map<String, Counted> expected = new TreeMap<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      String type = FileClass.of(path).name();
      for (int at = 0; at >= 0; at = path.indexOf('/', at) + 1) {
        expected.computeIfAbsent(path.substring(0, at), f -> new Counted()).add(1L << i, type);
        if (path.indexOf('/', at) < 0) {
          break;
        }
      }
    }
    Map<String, Counted> counted = new TreeMap<>();
    jdbc.query(
        "select path, file_count, total_size, classes::text, parent, name, class_sizes::text"
            + " from scan_folder"
            + " where scan_id = ?",
        row -> {
          var folder = new Counted();
          folder.files = row.getLong(2);
          folder.bytes = row.getLong(3);
          folder.classes.putAll(classes(row.getString(4)));
          folder.sizes.putAll(classes(row.getString(7)));
          String path = row.getString(1);
          counted.put(path, folder);
          if (!path.isEmpty()) {
            assertThat(row.getString(5) + row.getString(6) + "/").isEqualTo(path);
          } else {
            assertThat(row.getString(5)).isNull();
          }
        },
        scan.id());
    assertThat(counted).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void ofAScanListedBeforeSizesByClassWereKeptTheyAreUnknown() {
    Scan scan = listing(List.of(), List.of());
    save(scan, page(null, file("a/1.jpg", 7, "\"1\"")));
    cut(scan);
    jdbc.update("update scan_folder set class_sizes = null where scan_id = ?", scan.id());
    FolderListing root =
        rooms
            .getBean(ScanResults.class)
            .tree(Caller.of(tenant, "ann", TenantRole.TENANT_ADMIN), scan.id(), "", null, null, 9);
    assertThat(root.classes()).containsOnlyKeys("IMAGE");
    assertThat(root.classSizes()).isNull();
    assertThat(root.children().getFirst().classSizes()).isNull();
    assertThat(root.children().getFirst().totalSize()).isEqualTo(7);
  }

  private static final class Counted {
    private final Map<String, Long> classes = new TreeMap<>();
    private final Map<String, Long> sizes = new TreeMap<>();
    private long files;
    private long bytes;

    void add(long size, String type) {
      files++;
      bytes += size;
      classes.merge(type, 1L, Long::sum);
      sizes.merge(type, size, Long::sum);
    }
  }

  private static Map<String, Long> classes(String json) {
    Map<String, Long> classes = new LinkedHashMap<>();
    for (String pair : json.replaceAll("[{}\" ]", "").split(",", -1)) {
      String[] parts = pair.split(":", -1);
      classes.put(parts[0], Long.valueOf(parts[1]));
    }
    return classes;
  }

  private Scan listing(List<String> include, List<String> exclude) {
    scans++;
    Scan scan =
        rooms
            .getBean(JdbcAggregateTemplate.class)
            .insert(
                new Scan(
                    UUID.randomUUID(),
                    null,
                    tenant,
                    id(),
                    scans,
                    ScanState.LISTING,
                    ScanTrigger.MANUAL,
                    ScanMode.FULL,
                    "",
                    List.of(),
                    include,
                    exclude,
                    true,
                    Arrays.stream(FileClass.values()).map(Enum::name).toList(),
                    false,
                    1,
                    null,
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "ann",
                    NOW,
                    NOW,
                    null,
                    null,
                    null));
    rooms.getBean(ScanProgressRows.class).create(scan);
    return scan;
  }

  private static void save(Scan scan, SourcePage page) {
    transaction().executeWithoutResult(status -> listings().save(scan, page));
  }

  private static void cut(Scan scan) {
    transaction().executeWithoutResult(status -> rooms.getBean(PartitionCut.class).run(scan));
  }

  private static String state(Scan scan) {
    return String.valueOf(
        jdbc.queryForObject("select state from scan where id = ?", String.class, scan.id()));
  }

  private List<@Nullable String> messages() {
    return jdbc.queryForList(
        "select message_id from outbox where tenant_id = ? order by id", String.class, tenant);
  }

  private List<@Nullable String> paths() {
    return jdbc.queryForList(
        "select path from found_file where source_id = ? order by path", String.class, id());
  }

  private List<@Nullable UUID> ids() {
    return jdbc.queryForList(
        "select id from found_file where source_id = ? order by path", UUID.class, id());
  }

  private UUID id() {
    return source.id();
  }

  private static SourcePage page(@Nullable String next, ListedFile... files) {
    return new SourcePage(
        Arrays.stream(files).sorted(Comparator.comparing(ListedFile::path)).toList(), next);
  }

  private static ListedFile file(String path, long size, String etag) {
    return file(path, size, etag, null);
  }

  private static ListedFile file(String path, long size, String etag, byte @Nullable [] md5) {
    return new ListedFile(path, size, etag, NOW, md5, "Hot", false, false);
  }

  private static ScanListing listings() {
    return rooms.getBean(ScanListing.class);
  }

  private static TransactionTemplate transaction() {
    return rooms.getBean(TransactionTemplate.class);
  }
}
