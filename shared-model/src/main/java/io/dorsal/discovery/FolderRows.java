package io.dorsal.discovery;

import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one folder of a scan: folders from their counts, files by folder and name, so an answer
 * costs its page and never the archive. Thread-safe.
 */
@Component
class FolderRows {

  private static final String BEHIND_FOLDERS = "D";
  private static final String BEHIND_FILES = "F";

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  FolderRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Totals(
      long files, long bytes, Map<String, Long> classes, @Nullable Map<String, Long> sizes) {}

  FolderListing list(
      Scan scan, String path, @Nullable FileClass only, @Nullable String after, int limit) {
    Optional<Totals> totals = totals(scan, path);
    if (totals.isEmpty() && (scan.listedAt() != null || !path.isEmpty())) {
      throw new ProblemException(
          GeneralProblem.NOT_FOUND, "The scan has no folder with this path.");
    }
    List<FolderListing.Child> children = new ArrayList<>();
    if (totals.filter(all -> only == null || all.classes().containsKey(only.name())).isPresent()) {
      String kind =
          after == null ? BEHIND_FOLDERS : after.substring(0, Math.min(1, after.length()));
      String name = after == null ? null : after.substring(kind.length());
      switch (kind) {
        case BEHIND_FOLDERS -> {
          children.addAll(folders(scan, path, only, name, limit + 1));
          if (children.size() <= limit) {
            children.addAll(files(scan, path, only, null, limit + 1 - children.size()));
          }
        }
        case BEHIND_FILES -> children.addAll(files(scan, path, only, name, limit + 1));
        default ->
            throw new ProblemException(
                GeneralProblem.PAGE_CURSOR_INVALID, "The cursor names no place in this folder.");
      }
    }
    String next = children.size() <= limit ? null : position(children.get(limit - 1));
    Totals all = totals.orElse(new Totals(0, 0, Map.of(), Map.of()));
    return new FolderListing(
        path,
        DisplayPaths.of(path),
        totals.isPresent(),
        all.files(),
        all.bytes(),
        all.classes(),
        all.sizes(),
        List.copyOf(next == null ? children : children.subList(0, limit)),
        next);
  }

  private static String position(FolderListing.Child last) {
    return switch (last.kind()) {
      case FOLDER -> BEHIND_FOLDERS + last.name();
      case FILE -> BEHIND_FILES + last.name();
    };
  }

  private Optional<Totals> totals(Scan scan, String path) {
    return jdbc.sql(
            """
            select file_count, total_size, classes, class_sizes from scan_folder
            where scan_id = :scan and path_head = left(:path, 500) and path = :path
            """)
        .param("scan", scan.id())
        .param("path", path)
        .query((row, n) -> new Totals(row.getLong(1), row.getLong(2), counts(row), sizes(row)))
        .optional();
  }

  private List<FolderListing.Child> folders(
      Scan scan, String parent, @Nullable FileClass only, @Nullable String after, int limit) {
    return jdbc.sql(
            """
            select path, name, file_count, total_size, classes, class_sizes from scan_folder
            where scan_id = :scan and parent_hash = %s and parent = :parent
              and (cast(:class as text) is null or jsonb_exists(classes, :class))
              and (cast(:after as text) is null or name > :after)
              and name_head >= coalesce(left(:after, 500), '')
            order by name_head, name limit :limit
            """
                .formatted(PathOrder.digest(":parent")))
        .param("scan", scan.id())
        .param("parent", parent)
        .param("class", only == null ? null : only.name())
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> folder(row))
        .list();
  }

  private FolderListing.Child folder(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new FolderListing.Child(
        FolderListing.Kind.FOLDER,
        name,
        DisplayPaths.of(name),
        row.getString("path"),
        row.getLong("file_count"),
        row.getLong("total_size"),
        counts(row),
        sizes(row),
        null,
        null);
  }

  private List<FolderListing.Child> files(
      Scan scan, String folder, @Nullable FileClass only, @Nullable String after, int limit) {
    String name = "substr(f.path, length(f.folder) + 1)";
    String inOrder = " order by f.name_head, " + name;
    var statement =
        jdbc.sql(
            """
            select f.id, f.path, f.class, f.size, %s as shown_state, %s as name
            from (select f.* from found_file f
                  where %s and f.folder_hash = %s and f.folder = :folder %s
                    and f.name_head >= left(:after, 500) and %s > :after
                  %s limit :limit) f
            left join file_inspection i on i.file_id = f.id %s
            """
                .formatted(
                    FileRows.STATE,
                    name,
                    FileRows.LISTED,
                    PathOrder.digest(":folder"),
                    // Written out, so that the planner sees which index holds it.
                    only == null ? "" : "and f.class = '" + only.name() + "'",
                    name,
                    inOrder,
                    inOrder));
    statement =
        FileRows.scanned(statement, scan)
            .param("folder", folder)
            // No file's name is empty, though a folder's may be.
            .param("after", after == null ? "" : after)
            .param("limit", limit);
    return statement.query((row, n) -> file(row)).list();
  }

  private static FolderListing.Child file(ResultSet row) throws SQLException {
    String name = row.getString("name");
    String fileClass = row.getString("class");
    long size = row.getLong("size");
    return new FolderListing.Child(
        FolderListing.Kind.FILE,
        name,
        DisplayPaths.of(name),
        row.getString("path"),
        1,
        size,
        Map.of(fileClass, 1L),
        Map.of(fileClass, size),
        row.getObject("id", UUID.class),
        FileState.valueOf(row.getString("shown_state")));
  }

  private Map<String, Long> counts(ResultSet row) throws SQLException {
    return byClass(row.getString("classes"));
  }

  private @Nullable Map<String, Long> sizes(ResultSet row) throws SQLException {
    String sizes = row.getString("class_sizes");
    return sizes == null ? null : byClass(sizes);
  }

  private Map<String, Long> byClass(String numbers) {
    return json.readValue(numbers, new TypeReference<>() {});
  }
}
