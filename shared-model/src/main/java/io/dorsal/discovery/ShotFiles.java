package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The files around some paths of a source. Each table is asked by itself, for a list of keys: in a
 * join the planner may believe a table empty that was emptied and filled again, and read all of it
 * once per file.
 */
final class ShotFiles {

  private static final String BY_STEM =
      """
      select id, path, class, state <> 'MISSING' as present from found_file
      where source_id = :source and class in ('IMAGE', 'RAW', 'SIDECAR')
        and stem_hash = any (array(
          select hashtextextended(stem, 0) from unnest(cast(:stems as text[])) as stem))
      """;

  private static final String INSPECTED =
      """
      select file_id, outcome, inspected_at, metadata is not null as described
      from file_inspection where file_id = any (cast(:files as uuid[]))
      """;

  private static final String NOTED =
      """
      select file_id, companion_of, sidecar_id, file_at, sidecar_at, embedded is not null as merges
      from shot_part where file_id = any (cast(:files as uuid[]))
      """;

  private final JdbcClient jdbc;
  private final UUID source;
  private final Map<String, List<ShotFile>> byStem = new HashMap<>();

  private ShotFiles(JdbcClient jdbc, UUID source) {
    this.jdbc = jdbc;
    this.source = source;
  }

  /**
   * Those that may make a shot with any of the paths. How the inspection of a picture ended is only
   * known where another file is beside it, or was.
   */
  static ShotFiles around(JdbcClient jdbc, UUID source, Collection<String> paths) {
    var files = new ShotFiles(jdbc, source);
    Set<String> stems = new HashSet<>();
    for (String path : paths) {
      // A sidecar is named after the picture's stem, or after its whole name.
      String stem = ShotFile.stem(path);
      stems.add(stem);
      stems.add(ShotFile.stem(stem));
    }
    files.load(stems);
    Set<String> names = new HashSet<>();
    files.pictures().forEach(picture -> names.add(picture.path()));
    names.removeAll(stems);
    files.load(names);
    files.complete();
    return files;
  }

  /** The pictures among them. */
  Stream<ShotFile> pictures() {
    return byStem.values().stream().flatMap(List::stream).filter(ShotFile::isPicture);
  }

  List<ShotFile> ofStem(String stem) {
    return byStem.getOrDefault(stem, List.of());
  }

  private void load(Set<String> stems) {
    stems.forEach(stem -> byStem.putIfAbsent(stem, new ArrayList<>(2)));
    jdbc.sql(BY_STEM)
        .param("source", source)
        .param("stems", stems.toArray(String[]::new))
        .query(
            row -> {
              ShotFile file = found(row);
              List<ShotFile> alike = byStem.get(file.stem());
              // Another stem of the same digest is nobody's here.
              if (alike != null) {
                alike.add(file);
              }
            });
  }

  /** Most pictures are alone: nothing more is asked of them. */
  private void complete() {
    Map<UUID, ShotFile.Part> noted = new HashMap<>();
    jdbc.sql(NOTED)
        .param("files", ids(ignored -> true))
        .query(
            row -> {
              noted.put(row.getObject("file_id", UUID.class), part(row));
            });
    Map<UUID, ShotFile.Inspected> inspected = new HashMap<>();
    jdbc.sql(INSPECTED)
        .param("files", ids(file -> noted.containsKey(file.id()) || !isAlone(file)))
        .query(
            row -> {
              inspected.put(row.getObject("file_id", UUID.class), inspected(row));
            });
    byStem
        .values()
        .forEach(
            alike ->
                alike.replaceAll(
                    file -> file.with(inspected.get(file.id()), noted.get(file.id()))));
  }

  private boolean isAlone(ShotFile file) {
    return file.isPicture() && ofStem(file.stem()).size() == 1 && ofStem(file.path()).isEmpty();
  }

  private String[] ids(Predicate<ShotFile> which) {
    return byStem.values().stream()
        .flatMap(List::stream)
        .filter(which)
        .map(file -> file.id().toString())
        .toArray(String[]::new);
  }

  private static ShotFile found(ResultSet row) throws SQLException {
    return new ShotFile(
        row.getObject("id", UUID.class),
        row.getString("path"),
        FileClass.valueOf(row.getString("class")),
        row.getBoolean("present"),
        null,
        null);
  }

  private static ShotFile.Inspected inspected(ResultSet row) throws SQLException {
    return new ShotFile.Inspected(
        row.getString("outcome"),
        row.getObject("inspected_at", OffsetDateTime.class),
        row.getBoolean("described"));
  }

  private static ShotFile.Part part(ResultSet row) throws SQLException {
    return new ShotFile.Part(
        row.getObject("companion_of", UUID.class),
        row.getObject("sidecar_id", UUID.class),
        row.getObject("file_at", OffsetDateTime.class),
        row.getObject("sidecar_at", OffsetDateTime.class),
        row.getBoolean("merges"));
  }
}
