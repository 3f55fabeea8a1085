package io.dorsal.discovery;

import io.dorsal.discovery.metadata.ImageMetadata;
import io.dorsal.discovery.metadata.Sidecars;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the files that belong to one shot, by folder and base name: the JPEG of a raw image, and
 * the sidecar of an image, whose values it merges. What is right already is left alone, so that it
 * may be asked again and again, and whichever file was read last settles both. Thread-safe.
 */
@Component
public class Shots {

  private static final int BATCH = 500;

  /** Pictures beside what one partition inspected. */
  private static final String OF_PARTITION =
      """
      select f.path from scan_partition c
      join scan_item i
        on i.scan_id = c.scan_id and i.ordinal between c.first_ordinal and c.last_ordinal
      join found_file f on f.id = i.file_id
      where c.scan_id = :scan and c.number = :part and f.class in ('IMAGE', 'RAW', 'SIDECAR')
      """;

  /** Pictures beside any file that makes a shot of several, and those that were part of one. */
  private static final String OF_SOURCE =
      """
      select path from found_file where source_id = :source and class in ('RAW', 'SIDECAR')
      union all
      select f.path from shot_part p join found_file f on f.id = p.file_id
      where p.source_id = :source
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  Shots(JdbcTemplate template) {
    this.jdbc = JdbcClient.create(template);
  }

  private record Wrong(
      UUID fileId,
      @Nullable UUID companionOf,
      @Nullable UUID sidecarId,
      @Nullable OffsetDateTime fileAt,
      @Nullable OffsetDateTime sidecarAt,
      @Nullable String own,
      @Nullable String sidecar,
      boolean merged) {}

  /**
   * Settles up to 500 pictures of a partition in the caller's transaction.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean settle(Scan scan, ScanPartition partition) {
    Map<String, Object> part = Map.of("scan", scan.id(), "part", partition.number());
    return settle(scan, OF_PARTITION, part) == BATCH;
  }

  /** Settles what is left of a source: files that moved, and those whose sidecar went away. */
  @Transactional
  public void settleAll(Scan scan) {
    int settled = BATCH;
    while (settled == BATCH) {
      settled = settle(scan, OF_SOURCE, Map.of());
    }
  }

  private int settle(Scan scan, String near, Map<String, Object> parameters) {
    List<Wrong> wrong =
        jdbc.sql(ShotQueries.WRONG.formatted(near))
            .params(parameters)
            .param("source", scan.sourceId())
            .param("limit", BATCH)
            .query((row, n) -> wrong(row))
            .list();
    wrong.forEach(each -> settle(scan, each));
    return wrong.size();
  }

  private static Wrong wrong(ResultSet row) throws SQLException {
    return new Wrong(
        row.getObject("id", UUID.class),
        row.getObject("companion_of", UUID.class),
        row.getObject("sidecar_id", UUID.class),
        row.getObject("file_at", OffsetDateTime.class),
        row.getObject("sidecar_at", OffsetDateTime.class),
        row.getString("own"),
        row.getString("sidecar"),
        row.getBoolean("merged"));
  }

  private void settle(Scan scan, Wrong file) {
    boolean merges = file.own() != null && file.sidecar() != null;
    if (merges) {
      ImageMetadata own = read(file.own());
      values(file.fileId(), Sidecars.merge(own, read(file.sidecar())));
    } else if (file.merged() && file.own() != null) {
      values(file.fileId(), read(file.own()));
    }
    jdbc.sql(ShotQueries.KEEP)
        .param("file", file.fileId())
        .param("tenant", scan.tenantId())
        .param("source", scan.sourceId())
        .param("companion", file.companionOf())
        .param("sidecar", file.sidecarId())
        .param("file_at", file.fileAt())
        .param("sidecar_at", file.sidecarAt())
        .param("embedded", merges ? file.own() : null)
        .update();
  }

  private ImageMetadata read(@Nullable String metadata) {
    return json.readValue(Objects.requireNonNull(metadata), ImageMetadata.class);
  }

  private void values(UUID file, ImageMetadata image) {
    var taken = image.taken();
    var position = image.position();
    LocalDateTime local = taken == null ? null : taken.local();
    jdbc.sql(ShotQueries.VALUES)
        .param("file", file)
        .param("taken", local)
        .param("sub_seconds", taken == null ? null : taken.subSeconds())
        .param("utc_offset", InspectionRows.offset(image))
        .param("latitude", position == null ? null : position.latitude())
        .param("longitude", position == null ? null : position.longitude())
        .param("altitude", position == null ? null : position.altitude())
        .param("make", image.camera().make())
        .param("model", image.camera().model())
        .param("serial", image.camera().serial())
        .param("camera_key", image.camera().key())
        .param("creator", image.credit().creator())
        .param("orientation", image.orientation())
        .param("metadata", json.writeValueAsString(image))
        .update();
  }
}
