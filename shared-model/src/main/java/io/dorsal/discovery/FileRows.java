package io.dorsal.discovery;

import io.dorsal.discovery.metadata.Tags;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the files of a scan, keyset by keyset. Thread-safe. */
@Component
class FileRows {

  /** The state of a file in the scan whose selected classes are bound as {@code classes}. */
  static final String STATE =
      """
      case when f.missing_number = :number and (f.back_number is null or f.back_number > :number)
             then 'MISSING'
           when f.moved_number = :number then 'MOVED'
           when i.outcome is not null then i.outcome
           when f.class <> 'OTHER' and f.class in (:classes) then 'PENDING'
           else 'COUNTED' end
      """;

  /**
   * The files that the scan bound as {@code source}, {@code number} and {@code roots} listed: seen
   * before or by it, and by it or after, below its roots, and not gone meanwhile.
   */
  static final String LISTED =
      """
      f.source_id = :source and f.first_scan_number <= :number and f.last_scan_number >= :number
      and (f.missing_number is null or f.last_scan_number = :number or f.missing_number > :number
           or (f.back_number <= :number and f.missing_number < :number))
      and (:whole or exists (select 1 from unnest(cast(:roots as text[])) root
                             where starts_with(f.path, root)))
      """;

  /** The files it listed, and those that it found gone. */
  static final String OF_SCAN =
      "((" + LISTED + ") or (f.source_id = :source and f.missing_number = :number)) ";

  private static final String COLUMNS =
      """
      select f.id, f.path, f.class, f.size, f.last_modified, %s as shown_state, i.code, i.notes,
             i.taken_at_local, i.utc_offset, i.latitude, i.longitude, i.camera_key, i.width, i.height,
             (select p.companion_of from shot_part p where p.file_id = f.id) as companion_of
      """
          .formatted(STATE);

  private static final String FROM =
      " from found_file f left join file_inspection i on i.file_id = f.id where " + OF_SCAN;

  private static final String ODD =
      """
      select file_id as id from file_inspection
      where source_id = :source and (code is not null or notes <> '{}')
      union
      select id from found_file where source_id = :source and state = 'MISSING'
      union
      select file_id from file_move where scan_id = :scan
      """;

  /** The odd files first, then each by its key, whatever the planner knows of a fresh archive. */
  private static final String FROM_ODD =
      """
       from odd
      cross join lateral (select * from found_file where id = odd.id offset 0) f
      left join lateral (select * from file_inspection where file_id = f.id offset 0) i on true
      where
      """
          + OF_SCAN;

  /** Above this many, a walk along the paths meets the next odd file soon. */
  private static final int FEW = 20_000;

  private final JdbcClient jdbc;

  FileRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  ResultPage<FoundFile> list(Scan scan, FileFilter filter, @Nullable String after, int limit) {
    return page(scan, FileConditions.of(filter), after, limit);
  }

  /** Files with a code or note; MISSING counts as a code. */
  ResultPage<FoundFile> odd(Scan scan, @Nullable String code, @Nullable String after, int limit) {
    return page(scan, FileConditions.odd(code), after, limit);
  }

  private ResultPage<FoundFile> page(
      Scan scan, FileConditions conditions, @Nullable String after, int limit) {
    boolean byOdd = conditions.oddOnly() && few(scan);
    String sql =
        (byOdd ? "with odd as materialized (" + ODD + ") " : "")
            + COLUMNS
            + (byOdd ? FROM_ODD : FROM)
            + conditions.sql()
            + (after == null ? "" : PathOrder.BEHIND)
            + PathOrder.BY_PATH
            + " limit :limit";
    var statement =
        scanned(jdbc.sql(sql), scan).params(conditions.parameters()).param("limit", limit + 1);
    if (after != null) {
      statement = statement.param("after", after);
    }
    List<FoundFile> found = statement.query((row, n) -> file(row)).list();
    return found.size() <= limit
        ? new ResultPage<>(found, null)
        : new ResultPage<>(found.subList(0, limit), found.get(limit - 1).path());
  }

  private boolean few(Scan scan) {
    return jdbc.sql("select count(*) from (select 1 from (" + ODD + ") as odd limit :few) as first")
            .param("source", scan.sourceId())
            .param("scan", scan.id())
            .param("few", FEW)
            .query(Integer.class)
            .single()
        < FEW;
  }

  Optional<FileDetail> detail(Scan scan, UUID fileId) {
    String sql =
        COLUMNS
            + """
            , f.folder, f.etag, f.content_md5, f.tier, f.content_version, f.previous_paths, i.detected_type,
              i.metadata, i.tags, i.head_hash, i.bytes_read, i.inspected_at,
              (select p.sidecar_id from shot_part p where p.file_id = f.id) as sidecar_id,
              (select si.tags from shot_part p join file_inspection si on si.file_id = p.sidecar_id
               where p.file_id = f.id) as sidecar_tags,
              array(select p.file_id from shot_part p
                    where p.companion_of = f.id order by p.file_id) as companions
            """
            + FROM
            + " and f.id = :file";
    return scanned(jdbc.sql(sql), scan)
        .param("file", fileId)
        .query((row, n) -> detail(row))
        .optional();
  }

  static JdbcClient.StatementSpec scanned(JdbcClient.StatementSpec statement, Scan scan) {
    return statement
        .param("source", scan.sourceId())
        .param("number", scan.number())
        .param("whole", scan.roots().contains(""))
        .param("roots", scan.roots().toArray(String[]::new))
        .param("scan", scan.id())
        .param("classes", scan.classes().isEmpty() ? List.of("") : scan.classes());
  }

  private static FoundFile file(ResultSet row) throws SQLException {
    String path = row.getString("path");
    return new FoundFile(
        row.getObject("id", UUID.class),
        path,
        DisplayPaths.of(path),
        row.getString("class"),
        row.getLong("size"),
        row.getObject("last_modified", OffsetDateTime.class).toInstant(),
        FileState.valueOf(row.getString("shown_state")),
        row.getString("code"),
        notes(row.getArray("notes")),
        row.getObject("taken_at_local", LocalDateTime.class),
        row.getString("utc_offset"),
        row.getObject("latitude", Double.class),
        row.getObject("longitude", Double.class),
        row.getString("camera_key"),
        row.getObject("width", Integer.class),
        row.getObject("height", Integer.class),
        row.getObject("companion_of", UUID.class));
  }

  private static List<String> notes(@Nullable Array notes) throws SQLException {
    return notes == null ? List.of() : List.of((String[]) notes.getArray());
  }

  private FileDetail detail(ResultSet row) throws SQLException {
    FoundFile file = file(row);
    String metadata = row.getString("metadata");
    byte[] md5 = row.getBytes("content_md5");
    byte[] headHash = row.getBytes("head_hash");
    OffsetDateTime inspectedAt = row.getObject("inspected_at", OffsetDateTime.class);
    return new FileDetail(
        file,
        row.getString("folder"),
        row.getString("etag"),
        md5 == null ? null : Base64.getEncoder().encodeToString(md5),
        row.getString("tier"),
        row.getInt("content_version"),
        notes(row.getArray("previous_paths")),
        row.getString("detected_type"),
        metadata == null ? null : MetadataJson.read(metadata),
        tags(row),
        headHash == null ? null : HexFormat.of().formatHex(headHash),
        row.getObject("bytes_read", Long.class),
        inspectedAt == null ? null : inspectedAt.toInstant(),
        fixes(file),
        null,
        new FileDetail.Shot(
            file.companionOf(),
            List.of((UUID[]) row.getArray("companions").getArray()),
            row.getObject("sidecar_id", UUID.class)));
  }

  /** The tags of the file, and those of its sidecar with {@code SIDECAR:} before their names. */
  private Map<String, String> tags(ResultSet row) throws SQLException {
    Map<String, String> all = new TreeMap<>();
    String own = row.getString("tags");
    String sidecar = row.getString("sidecar_tags");
    if (own != null) {
      all.putAll(new Tags(own).asMap());
    }
    if (sidecar != null) {
      new Tags(sidecar)
          .asMap()
          .forEach((name, value) -> all.put(name.replaceFirst("^XMP:", "SIDECAR:"), value));
    }
    return all;
  }

  private static SortedMap<String, String> fixes(FoundFile file) {
    SortedMap<String, String> fixes = new TreeMap<>();
    if (file.state() == FileState.MISSING) {
      fixes.put("MISSING", FileIssue.fixOf("MISSING"));
    }
    if (file.code() != null) {
      fixes.put(file.code(), FileIssue.fixOf(file.code()));
    }
    file.notes().forEach(note -> fixes.put(note, FileIssue.fixOf(note)));
    return fixes;
  }
}
