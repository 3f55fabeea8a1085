package io.dorsal.discovery;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts files and bytes per folder and class, recursively, in one pass over the files in path
 * order, so memory grows with the depth of the archive and not with its size.
 */
@Component
class FolderCounts {

  private static final int BATCH = 1_000;
  private static final int FETCH = 5_000;

  private final JdbcTemplate jdbc;

  FolderCounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes the folders of a listed scan, in the caller's transaction. */
  void count(Scan scan) {
    var pass = new Pass(scan);
    jdbc.query(
        connection -> {
          // Code point order keeps everything below a folder together, whatever its name holds.
          PreparedStatement statement =
              connection.prepareStatement(
                  """
                  select path, size, class from found_file
                  where source_id = ? and last_scan_number = ? order by path_head, path
                  """);
          statement.setFetchSize(FETCH);
          statement.setObject(1, scan.sourceId());
          statement.setInt(2, scan.number());
          return statement;
        },
        row -> {
          pass.file(row.getString(1), row.getLong(2), row.getString(3));
        });
    pass.end();
  }

  private final class Pass {
    private final Scan scan;
    private final Deque<Folder> open = new ArrayDeque<>();
    private final List<Folder> done = new ArrayList<>();

    Pass(Scan scan) {
      this.scan = scan;
      open.push(new Folder(""));
    }

    void file(String path, long size, String fileClass) {
      while (!path.startsWith(open.element().path)) {
        close();
      }
      int slash = path.indexOf('/', open.element().path.length());
      while (slash >= 0) {
        open.push(new Folder(path.substring(0, slash + 1)));
        slash = path.indexOf('/', slash + 1);
      }
      open.element().add(1, size, Map.of(fileClass, 1L), Map.of(fileClass, size));
    }

    void end() {
      while (!open.isEmpty()) {
        close();
      }
      flush();
    }

    private void close() {
      Folder folder = open.pop();
      if (!open.isEmpty()) {
        open.element().add(folder.files, folder.bytes, folder.classes, folder.sizes);
      }
      done.add(folder);
      if (done.size() >= BATCH) {
        flush();
      }
    }

    private void flush() {
      jdbc.batchUpdate(
          """
          insert into scan_folder
              (tenant_id, scan_id, path, parent, name, file_count, total_size, classes,
               class_sizes)
          values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
          """,
          done,
          BATCH,
          (statement, folder) -> folder.bind(statement, scan));
      done.clear();
    }
  }

  private static final class Folder {
    private final String path;
    private final Map<String, Long> classes = new TreeMap<>();
    private final Map<String, Long> sizes = new TreeMap<>();
    private long files;
    private long bytes;

    Folder(String path) {
      this.path = path;
    }

    void add(long moreFiles, long moreBytes, Map<String, Long> moreOf, Map<String, Long> bytesOf) {
      files += moreFiles;
      bytes += moreBytes;
      moreOf.forEach((name, count) -> classes.merge(name, count, Long::sum));
      bytesOf.forEach((name, size) -> sizes.merge(name, size, Long::sum));
    }

    void bind(PreparedStatement statement, Scan scan) throws SQLException {
      String inner = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
      String parent = inner.substring(0, inner.lastIndexOf('/') + 1);
      statement.setObject(1, scan.tenantId());
      statement.setObject(2, scan.id());
      statement.setString(3, path);
      // The root is nobody's child.
      statement.setString(4, path.isEmpty() ? null : parent);
      statement.setString(5, inner.substring(parent.length()));
      statement.setLong(6, files);
      statement.setLong(7, bytes);
      statement.setString(8, JsonMapper.shared().writeValueAsString(classes));
      statement.setString(9, JsonMapper.shared().writeValueAsString(sizes));
    }
  }
}
