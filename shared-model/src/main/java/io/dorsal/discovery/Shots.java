package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.ImageMetadata;
import io.dorsal.discovery.metadata.Sidecars;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the files that belong to one shot, by folder and base name: the JPEG of a raw image, and
 * the sidecar of an image, whose values it merges. What is right already is left alone, so that it
 * may be asked again and again, and whichever file was read last settles both. Thread-safe.
 */
@Component
public class Shots {

  /** Files looked at at once: what is around them is in memory together. */
  private static final int PAGE = 1_000;

  private static final UUID FIRST = new UUID(0, 0);

  /** Of two sidecars the one named after the whole name, then the first by path. */
  private static final Comparator<ShotFile> NEAREST =
      Comparator.comparingInt((ShotFile file) -> -file.path().length())
          .thenComparing(ShotFile::path);

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batch;

  Shots(JdbcTemplate template) {
    this.jdbc = JdbcClient.create(template);
    this.batch = new NamedParameterJdbcTemplate(template);
  }

  /** A picture whose companion or sidecar is another than is noted, or was read again since. */
  private record Wrong(ShotFile file, @Nullable UUID companionOf, @Nullable ShotFile sidecar) {}

  private record Item(long ordinal, String path) {}

  /**
   * Settles what belongs to the next 1,000 pictures and sidecars of a partition, in the caller's
   * transaction.
   *
   * @param after the ordinal up to which the partition is settled; 0 at its beginning
   * @return the ordinal up to which it is now; empty where nothing was left
   */
  @Transactional
  public OptionalLong settle(Scan scan, ScanPartition partition, long after) {
    List<Item> page =
        jdbc.sql(ShotStatements.OF_PARTITION)
            .param("scan", scan.id())
            .param("part", partition.number())
            .param("after", after)
            .param("limit", PAGE)
            .query(Item.class)
            .list();
    if (page.isEmpty()) {
      return OptionalLong.empty();
    }
    settle(scan, wrong(scan, page.stream().map(Item::path).toList()));
    return OptionalLong.of(page.getLast().ordinal());
  }

  /** Files of the source came, went or were read, in the caller's transaction. */
  void unsettle(Scan scan) {
    jdbc.sql("delete from shots_settled where source_id = :source")
        .param("source", scan.sourceId())
        .update();
  }

  /**
   * Settles what is left of a source: files that moved, and those whose sidecar went away. A source
   * of which nothing came, went or was read since it was settled is left alone.
   */
  @Transactional
  public void settleAll(Scan scan) {
    int unsettled =
        jdbc.sql(ShotStatements.SETTLED)
            .param("tenant", scan.tenantId())
            .param("source", scan.sourceId())
            .update();
    if (unsettled == 1) {
      settleAll(scan, ShotStatements.OF_SOURCE);
      settleAll(scan, ShotStatements.NOTED);
    }
  }

  private record Near(UUID id, String path) {}

  private void settleAll(Scan scan, String near) {
    UUID after = FIRST;
    List<Near> page;
    do {
      page =
          jdbc.sql(near)
              .param("source", scan.sourceId())
              .param("after", after)
              .param("limit", PAGE)
              .query(Near.class)
              .list();
      settle(scan, wrong(scan, page.stream().map(Near::path).toList()));
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
  }

  private List<Wrong> wrong(Scan scan, List<String> paths) {
    ShotFiles files = ShotFiles.around(jdbc, scan.sourceId(), paths);
    return files
        .pictures()
        .filter(picture -> picture.inspected() != null)
        .map(picture -> new Wrong(picture, companion(picture, files), sidecar(picture, files)))
        .filter(Shots::isWrong)
        .sorted(Comparator.comparing(each -> each.file().id()))
        .toList();
  }

  private static @Nullable UUID companion(ShotFile picture, ShotFiles files) {
    return picture.fileClass() == FileClass.RAW
        ? files.ofStem(picture.stem()).stream()
            .filter(ShotFile::canBeJpegOfARaw)
            .min(Comparator.comparing(ShotFile::path))
            .map(ShotFile::id)
            .orElse(null)
        : null;
  }

  private static @Nullable ShotFile sidecar(ShotFile picture, ShotFiles files) {
    return Stream.of(picture.stem(), picture.path())
        .distinct()
        .flatMap(stem -> files.ofStem(stem).stream())
        .filter(ShotFile::canBeSidecar)
        .min(NEAREST)
        .orElse(null);
  }

  private static boolean isWrong(Wrong found) {
    ShotFile.Part noted = found.file().part();
    ShotFile sidecar = found.sidecar();
    return !Objects.equals(noted.companionOf(), found.companionOf())
        || !Objects.equals(noted.sidecarId(), sidecar == null ? null : sidecar.id())
        || (sidecar != null
            && !(Objects.equals(noted.fileAt(), found.file().inspectedAt())
                && Objects.equals(noted.sidecarAt(), sidecar.inspectedAt())));
  }

  private void settle(Scan scan, List<Wrong> wrong) {
    Map<UUID, String> own = own(wrong);
    List<SqlParameterSource> values = new ArrayList<>();
    List<SqlParameterSource> parts = new ArrayList<>();
    for (Wrong each : wrong) {
      merged(each, own).ifPresent(image -> values.add(values(each.file().id(), image)));
      parts.add(part(scan, each, own));
    }
    batch.batchUpdate(ShotStatements.VALUES, values.toArray(SqlParameterSource[]::new));
    batch.batchUpdate(ShotStatements.KEEP, parts.toArray(SqlParameterSource[]::new));
  }

  private Map<UUID, String> own(List<Wrong> wrong) {
    Map<UUID, String> own = new HashMap<>();
    String[] files =
        wrong.stream()
            .flatMap(each -> Stream.of(each.file(), each.sidecar()))
            .filter(Objects::nonNull)
            .map(each -> each.id().toString())
            .distinct()
            .toArray(String[]::new);
    jdbc.sql(ShotStatements.OWN)
        .param("files", files)
        .query(
            row -> {
              String metadata = row.getString("metadata");
              if (metadata != null) {
                own.put(row.getObject("file_id", UUID.class), metadata);
              }
            });
    return own;
  }

  /** What the file's values have to be; empty where they are right. */
  private static Optional<ImageMetadata> merged(Wrong wrong, Map<UUID, String> metadata) {
    String own = metadata.get(wrong.file().id());
    String beside = beside(wrong, metadata);
    if (own == null || (beside == null && !wrong.file().merged())) {
      return Optional.empty();
    }
    ImageMetadata image = MetadataJson.read(own);
    return Optional.of(beside == null ? image : Sidecars.merge(image, MetadataJson.read(beside)));
  }

  private static @Nullable String beside(Wrong wrong, Map<UUID, String> metadata) {
    ShotFile sidecar = wrong.sidecar();
    return sidecar == null ? null : metadata.get(sidecar.id());
  }

  private static SqlParameterSource part(Scan scan, Wrong wrong, Map<UUID, String> metadata) {
    ShotFile sidecar = wrong.sidecar();
    return new MapSqlParameterSource("file", wrong.file().id())
        .addValue("tenant", scan.tenantId())
        .addValue("source", scan.sourceId())
        .addValue("companion", wrong.companionOf())
        .addValue("sidecar", sidecar == null ? null : sidecar.id())
        .addValue("file_at", wrong.file().inspectedAt())
        .addValue("sidecar_at", sidecar == null ? null : sidecar.inspectedAt())
        .addValue(
            "embedded", beside(wrong, metadata) == null ? null : metadata.get(wrong.file().id()));
  }

  private static SqlParameterSource values(UUID file, ImageMetadata image) {
    var taken = image.taken();
    var position = image.position();
    LocalDateTime local = taken == null ? null : taken.local();
    return new MapSqlParameterSource("file", file)
        .addValue("taken", local)
        .addValue("sub_seconds", taken == null ? null : taken.subSeconds())
        .addValue("utc_offset", InspectionRows.offset(image))
        .addValue("latitude", position == null ? null : position.latitude())
        .addValue("longitude", position == null ? null : position.longitude())
        .addValue("altitude", position == null ? null : position.altitude())
        .addValue("make", image.camera().make())
        .addValue("model", image.camera().model())
        .addValue("serial", image.camera().serial())
        .addValue("camera_key", image.camera().key())
        .addValue("creator", image.credit().creator())
        .addValue("orientation", image.orientation())
        .addValue("metadata", MetadataJson.write(image));
  }
}
