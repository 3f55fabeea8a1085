package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Section 2.4: sidecars that are read elsewhere than their pictures, or are gone. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class ShotPartsIntegrationTests {

  private static final String INSPECTION =
      """
      insert into file_inspection (file_id, tenant_id, source_id, scan_id, etag, outcome, notes,
          creator, metadata, bytes_read)
      values (?, ?, ?, ?, 'e', 'INSPECTED', '{}', ?, cast(? as jsonb), 1)
      """;

  private static ConfigurableApplicationContext rooms;
  private static JdbcTemplate jdbc;

  private final Scan scan = ScansForTests.requested(rooms, ScansForTests.someone());
  private final Shots shots = rooms.getBean(Shots.class);

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

  @Test
  void sidecarOfALaterPartitionIsMerged() {
    UUID picture = inspected("a/1.jpg", "IMAGE", "Embedded");
    partition(1, picture);
    assertThat(shots.settle(scan, part(1), 0)).hasValue(first(1));
    assertThat(shots.settle(scan, part(1), first(1))).isEmpty();
    assertThat(creator(picture)).isEqualTo("Embedded");
    UUID sidecar = inspected("a/1.xmp", "SIDECAR", "Ann");
    partition(2, sidecar);
    shots.settle(scan, part(2), 0);
    assertThat(creator(picture)).isEqualTo("Ann");
    assertThat(sidecarOf(picture)).isEqualTo(sidecar);
  }

  @Test
  void pictureOfALaterPartitionTakesTheSidecarThatWasThere() {
    partition(1, inspected("a/1.xmp", "SIDECAR", "Ann"));
    shots.settle(scan, part(1), 0);
    UUID picture = inspected("a/1.jpg", "IMAGE", "Embedded");
    UUID elsewhere = inspected("b/1.jpg", "IMAGE", "Embedded");
    partition(2, picture, elsewhere);
    shots.settle(scan, part(2), 0);
    assertThat(creator(picture)).isEqualTo("Ann");
    assertThat(creator(elsewhere)).isEqualTo("Embedded");
  }

  @Test
  void sidecarThatIsGoneOnARescanLeavesWhatTheFileItselfSays() {
    UUID picture = inspected("a/1.jpg", "IMAGE", "Embedded");
    UUID sidecar = inspected("a/1.xmp", "SIDECAR", "Ann");
    shots.settleAll(scan);
    assertThat(creator(picture)).isEqualTo("Ann");
    jdbc.update("update found_file set state = 'MISSING' where id = ?", sidecar);
    shots.unsettle(scan);
    shots.settleAll(scan);
    assertThat(creator(picture)).isEqualTo("Embedded");
    assertThat(sidecarOf(picture)).isNull();
    jdbc.update("update found_file set state = 'PRESENT' where id = ?", sidecar);
    shots.unsettle(scan);
    shots.settleAll(scan);
    assertThat(creator(picture)).isEqualTo("Ann");
  }

  @Test
  void settledSourceIsLeftAloneUntilSomethingChanges() {
    UUID picture = inspected("a/1.jpg", "IMAGE", "Embedded");
    shots.settleAll(scan);
    UUID sidecar = inspected("a/1.xmp", "SIDECAR", "Ann");
    shots.settleAll(scan);
    assertThat(creator(picture)).isEqualTo("Embedded");
    shots.unsettle(scan);
    shots.settleAll(scan);
    assertThat(creator(picture)).isEqualTo("Ann");
    assertThat(sidecarOf(picture)).isEqualTo(sidecar);
  }

  /** Statistics of an emptied table once had the whole of it read for each sidecar, for hours. */
  @Test
  @Timeout(120)
  void manySidecarsAreFoundWhateverTheStatisticsSay() {
    UUID picture = inspected("a/1.jpg", "IMAGE", "Embedded");
    jdbc.update("delete from file_inspection where file_id = ?", picture);
    jdbc.update("delete from found_file where id = ?", picture);
    jdbc.execute("analyze found_file, file_inspection, scan_item, shot_part");
    pairs(10_000);
    shots.settleAll(scan);
    assertThat(withSidecars()).isEqualTo(10_000);
  }

  @Test
  void manyFilesOfAPartitionAreSettledAThousandAtATime() {
    pairs(1_200);
    partition(1, files());
    assertThat(shots.settle(scan, part(1), 0)).hasValue(1_000);
    assertThat(withSidecars()).isEqualTo(500);
    assertThat(shots.settle(scan, part(1), 1_000)).hasValue(2_000);
    assertThat(shots.settle(scan, part(1), 2_000)).hasValue(2_400);
    assertThat(shots.settle(scan, part(1), 2_400)).isEmpty();
    assertThat(withSidecars()).isEqualTo(1_200);
  }

  private UUID[] files() {
    return jdbc.queryForList(
            "select id from found_file where source_id = ? order by path collate \"C\"",
            UUID.class,
            scan.sourceId())
        .toArray(UUID[]::new);
  }

  private @Nullable Integer withSidecars() {
    return jdbc.queryForObject(
        "select count(*) from shot_part where source_id = ? and sidecar_id is not null",
        Integer.class,
        scan.sourceId());
  }

  private void pairs(int count) {
    jdbc.update(
        """
        insert into found_file (tenant_id, source_id, path, folder, class, size, etag,
            last_modified, first_scan_number, last_scan_number)
        select ?, ?, format('f/%s.%s', n, e), '', case e when 'jpg' then 'IMAGE' else 'SIDECAR' end,
            1, 'e', now(), 1, 1
        from generate_series(1, ?) n, unnest(array['jpg', 'xmp']) e
        """,
        scan.tenantId(), scan.sourceId(), count);
    jdbc.update(
        """
        insert into file_inspection (file_id, tenant_id, source_id, scan_id, etag, outcome, notes,
            creator, metadata, bytes_read)
        select id, tenant_id, source_id, ?, 'e', 'INSPECTED', '{}', 'Ann', cast(? as jsonb), 1
        from found_file where source_id = ?
        """,
        scan.id(),
        metadata("Ann"),
        scan.sourceId());
  }

  private UUID inspected(String path, String fileClass, String creator) {
    UUID file = UUID.randomUUID();
    jdbc.update(
        """
        insert into found_file (id, tenant_id, source_id, path, folder, class, size, etag,
            last_modified, first_scan_number, last_scan_number)
        values (?, ?, ?, ?, '', ?, 1, 'e', now(), 1, 1)
        """,
        file,
        scan.tenantId(),
        scan.sourceId(),
        path,
        fileClass);
    jdbc.update(
        INSPECTION, file, scan.tenantId(), scan.sourceId(), scan.id(), creator, metadata(creator));
    return file;
  }

  private static String metadata(String creator) {
    return """
        {"camera": {}, "content": {"keywords": [], "hierarchicalKeywords": []}, "place": {},
         "credit": {"creator": "%s", "photographer": "%s", "origin": "XMP"}}
        """
        .formatted(creator, creator);
  }

  private void partition(int number, UUID... files) {
    for (int i = 0; i < files.length; i++) {
      jdbc.update(
          "insert into scan_item (tenant_id, scan_id, ordinal, file_id) values (?, ?, ?, ?)",
          scan.tenantId(),
          scan.id(),
          first(number) + i,
          files[i]);
    }
    jdbc.update(
        "insert into scan_partition (scan_id, number, tenant_id, first_ordinal, last_ordinal,"
            + " next_ordinal, state) values (?, ?, ?, ?, ?, ?, 'RUNNING')",
        scan.id(),
        number,
        scan.tenantId(),
        first(number),
        first(number) + PartitionCut.SIZE - 1,
        first(number));
  }

  private ScanPartition part(int number) {
    long last = first(number) + PartitionCut.SIZE - 1;
    return new ScanPartition(scan.id(), number, first(number), last, 2, false);
  }

  private static long first(int number) {
    return (number - 1L) * PartitionCut.SIZE + 1;
  }

  private static @Nullable String creator(UUID file) {
    return jdbc.queryForObject(
        "select creator from file_inspection where file_id = ?", String.class, file);
  }

  private static @Nullable UUID sidecarOf(UUID file) {
    return jdbc.queryForObject(
        "select sidecar_id from shot_part where file_id = ?", UUID.class, file);
  }
}
