package io.dorsal.discovery;

import io.dorsal.discovery.metadata.ImageMetadata;
import io.dorsal.discovery.metadata.Inspection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes inspection results, a chunk at a time, by one set-based statement. */
@Component
class InspectionRows {

  private static final String SQL =
      """
      insert into file_inspection (file_id, tenant_id, source_id, scan_id, etag, outcome, code, notes,
          detected_type, taken_at_local, sub_seconds, utc_offset, latitude, longitude, altitude,
          make, model, serial, camera_key, artist, by_line, creator, width, height, orientation,
          metadata, tags, head_hash, bytes_read)
      select n.file_id, ?, ?, ?, n.etag, n.outcome, n.code, string_to_array(n.notes, ','),
          n.detected_type, n.taken, n.sub_seconds, n.utc_offset, n.latitude, n.longitude, n.altitude,
          n.make, n.model, n.serial, n.camera_key, n.artist, n.by_line, n.creator, n.width, n.height,
          n.orientation, n.metadata::jsonb, n.tags::jsonb, decode(n.head_hash, 'hex'), n.bytes_read
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamp[],
          ?::text[], ?::text[], ?::float8[], ?::float8[], ?::float8[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[],
          ?::text[], ?::text[], ?::text[], ?::bigint[])
        as n(file_id, etag, outcome, code, notes, detected_type, taken, sub_seconds, utc_offset,
          latitude, longitude, altitude, make, model, serial, camera_key, artist, by_line, creator,
          width, height, orientation, metadata, tags, head_hash, bytes_read)
      on conflict (tenant_id, file_id) do update set
          scan_id = excluded.scan_id, etag = excluded.etag, outcome = excluded.outcome,
          code = excluded.code, notes = excluded.notes, detected_type = excluded.detected_type,
          taken_at_local = excluded.taken_at_local, sub_seconds = excluded.sub_seconds,
          utc_offset = excluded.utc_offset, latitude = excluded.latitude,
          longitude = excluded.longitude, altitude = excluded.altitude, make = excluded.make,
          model = excluded.model, serial = excluded.serial, camera_key = excluded.camera_key,
          artist = excluded.artist, by_line = excluded.by_line, creator = excluded.creator,
          width = excluded.width, height = excluded.height, orientation = excluded.orientation,
          metadata = excluded.metadata, tags = excluded.tags, head_hash = excluded.head_hash,
          bytes_read = excluded.bytes_read, inspected_at = now()
      """;

  private final JdbcTemplate jdbc;

  InspectionRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void upsert(Scan scan, List<? extends InspectedFile> files) {
    List<? extends InspectedFile> read = files.stream().filter(file -> !file.gone()).toList();
    if (read.isEmpty()) {
      return;
    }
    jdbc.update(
        connection -> {
          PreparedStatement statement = connection.prepareStatement(SQL);
          statement.setObject(1, scan.tenantId());
          statement.setObject(2, scan.sourceId());
          statement.setObject(3, scan.id());
          bind(new Columns(connection, statement, read));
          return statement;
        });
  }

  private void bind(Columns columns) throws SQLException {
    columns.add("uuid", file -> file.item().fileId());
    columns.add("text", InspectedFile::etag);
    columns.read("text", inspection -> inspection.outcome().name());
    columns.read("text", Inspection::code);
    columns.read(
        "text",
        inspection -> inspection.notes().stream().map(Enum::name).collect(Collectors.joining(",")));
    columns.read("text", Inspection::detectedType);
    columns.image("timestamp", image -> image.taken() == null ? null : local(image.taken()));
    columns.image("text", image -> image.taken() == null ? null : image.taken().subSeconds());
    columns.image("text", InspectionRows::offset);
    columns.image("float8", image -> image.position() == null ? null : image.position().latitude());
    columns.image(
        "float8", image -> image.position() == null ? null : image.position().longitude());
    columns.image("float8", image -> image.position() == null ? null : image.position().altitude());
    columns.image("text", image -> image.camera().make());
    columns.image("text", image -> image.camera().model());
    columns.image("text", image -> image.camera().serial());
    columns.image("text", image -> image.camera().key());
    columns.image("text", image -> image.credit().artist());
    columns.image("text", image -> image.credit().byLine());
    columns.image("text", image -> image.credit().creator());
    columns.image("int", ImageMetadata::width);
    columns.image("int", ImageMetadata::height);
    columns.image("int", ImageMetadata::orientation);
    columns.image("text", MetadataJson::write);
    columns.read("text", inspection -> inspection.tags().json());
    columns.add("text", InspectedFile::headHash);
    columns.read("bigint", Inspection::bytesRead);
  }

  private static LocalDateTime local(ImageMetadata.Taken taken) {
    return taken.local();
  }

  /** {@code ±HH:MM} as cameras write it; UTC is {@code +00:00}. */
  static @Nullable String offset(ImageMetadata image) {
    if (image.taken() == null || image.taken().offset() == null) {
      return null;
    }
    return image.taken().offset().equals(ZoneOffset.UTC)
        ? "+00:00"
        : image.taken().offset().getId();
  }

  /** Binds one array after the other, a column of all files each. */
  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<? extends InspectedFile> files;
    private int at = 4;

    Columns(
        Connection connection, PreparedStatement statement, List<? extends InspectedFile> files) {
      this.connection = connection;
      this.statement = statement;
      this.files = files;
    }

    void add(String type, Function<InspectedFile, @Nullable Object> value) throws SQLException {
      @Nullable Object[] values = array(type, files.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = value.apply(files.get(i));
      }
      statement.setArray(at++, connection.createArrayOf(type, values));
    }

    /** What has its type goes in binary, and neither side has to escape and to parse it. */
    private static @Nullable Object[] array(String type, int size) {
      return switch (type) {
        case "text" -> new String[size];
        case "int" -> new Integer[size];
        case "bigint" -> new Long[size];
        case "float8" -> new Double[size];
        default -> new Object[size];
      };
    }

    void read(String type, Function<Inspection, @Nullable Object> value) throws SQLException {
      add(type, file -> file.inspection() == null ? null : value.apply(file.inspection()));
    }

    void image(String type, Function<ImageMetadata, @Nullable Object> value) throws SQLException {
      read(type, inspection -> inspection.image() == null ? null : value.apply(inspection.image()));
    }
  }
}
