package io.dorsal.discovery;

import io.dorsal.access.Caller;
import io.dorsal.discovery.metadata.FileClass;
import io.dorsal.discovery.metadata.Inspection;
import io.dorsal.discovery.metadata.Tags;
import io.dorsal.sources.ListedFile;
import io.dorsal.sources.SourcePage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A source without a store: its files are what a test says, and scans go through every door. */
final class ScannedSource {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final ApplicationContext rooms;
  private final Caller caller;
  private final UUID source;
  private final Map<String, ListedFile> files = new TreeMap<>();
  private final Map<String, String> contents = new TreeMap<>();
  private int writes;

  ScannedSource(ApplicationContext rooms) {
    this.rooms = rooms;
    caller = ScansForTests.someone();
    Scan first = ScansForTests.requested(rooms, caller);
    source = first.sourceId();
    rooms.getBean(Scans.class).cancel(caller, first.id());
  }

  Caller caller() {
    return caller;
  }

  UUID id() {
    return source;
  }

  /** Writes a file with a Content-MD5. */
  ScannedSource write(String path, String content) {
    return write(path, content, true);
  }

  /** Writes a file; its ETag is one that was never there. */
  ScannedSource write(String path, String content, boolean withMd5) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] md5 = withMd5 ? digest("MD5", bytes) : null;
    String etag = "\"" + ++writes + "\"";
    files.put(path, new ListedFile(path, bytes.length, etag, NOW, md5, "Hot", false, false));
    contents.put(path, content);
    return this;
  }

  ScannedSource delete(String path) {
    files.remove(path);
    return this;
  }

  /** Copies and deletes, as a rename in a blob store is done. */
  ScannedSource move(String from, String to) {
    ListedFile file = Objects.requireNonNull(files.get(from));
    write(to, Objects.requireNonNull(contents.get(from)), file.contentMd5() != null);
    return delete(from);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Scan scan() {
    return scan("AUTO", "");
  }

  Scan scan(String mode, String prefix, String... exclude) {
    Scan scan = list(mode, prefix, exclude);
    return end(scan);
  }

  /** Lists only, and cuts. */
  Scan list(String mode, String prefix, String... exclude) {
    var request = new ScanRequest(source, prefix, null, List.of(exclude), null, null, mode, null);
    Scan requested = rooms.getBean(Scans.class).request(caller, request);
    Scan scan =
        rooms.getBean(ScanWork.class).beginListing(caller.tenantId(), requested.id()).orElseThrow();
    List<ListedFile> listed =
        files.values().stream().filter(file -> file.path().startsWith(prefix)).toList();
    in(() -> rooms.getBean(ScanListing.class).save(scan, new SourcePage(listed, null)));
    in(() -> rooms.getBean(PartitionCut.class).run(scan));
    return now(scan);
  }

  /** Inspects what is to be inspected, except what was deleted meanwhile, and ends the scan. */
  Scan end(Scan scan) {
    inspect(scan);
    var partitions = rooms.getBean(PartitionWork.class);
    int last = (int) ((progress(scan).toInspect() + PartitionCut.SIZE - 1) / PartitionCut.SIZE);
    for (int number = 1; number <= last; number++) {
      int partition = number;
      in(() -> partitions.finish(scan.id(), partition));
    }
    return now(scan);
  }

  void inspect(Scan scan) {
    var partitions = rooms.getBean(PartitionWork.class);
    int number = 1;
    while (true) {
      var partition = partitions.begin(scan.id(), number, false);
      if (partition.isEmpty()) {
        return;
      }
      ScanPartition open = partition.get();
      in(
          () -> {
            List<InspectedFile> read = new ArrayList<>();
            partitions
                .items(scan.id(), open.next(), open.last(), PartitionCut.SIZE)
                .forEach(item -> read.add(inspected(item)));
            rooms.getBean(ChunkWriter.class).write(scan, open, read);
          });
      number++;
    }
  }

  private InspectedFile inspected(PartitionItem item) {
    ListedFile current = files.get(item.path());
    if (current == null) {
      return new InspectedFile(item, null, null);
    }
    String content = Objects.requireNonNull(contents.get(item.path()));
    byte[] hash = digest("SHA-256", content.getBytes(StandardCharsets.UTF_8));
    var unread = Inspection.unread(Inspection.Outcome.INSPECTED, null, FileClass.IMAGE);
    var inspection =
        new Inspection(
            unread.outcome(),
            null,
            FileClass.IMAGE,
            "image/jpeg",
            null,
            unread.notes(),
            Tags.NONE,
            hash,
            3,
            1);
    return new InspectedFile(item, inspection, null);
  }

  Scan now(Scan scan) {
    return rooms.getBean(ScanRows.class).findById(scan.id()).orElseThrow();
  }

  ScanProgress progress(Scan scan) {
    return rooms.getBean(ScanProgressRows.class).of(scan.id());
  }

  @Nullable MissingGuard guard(Scan scan) {
    return rooms.getBean(Scans.class).get(caller, scan.id()).guard();
  }

  UUID idOf(String path) {
    String query = "select id from found_file where source_id = ? and path = ?";
    return Objects.requireNonNull(jdbc().queryForObject(query, UUID.class, source, path));
  }

  int versionOf(String path) {
    Integer version =
        jdbc()
            .queryForObject(
                "select content_version from found_file where source_id = ? and path = ?",
                Integer.class,
                source,
                path);
    return version == null ? 0 : version;
  }

  /** The files of a scan as {@code path STATE}, in order. */
  List<String> shown(Scan scan) {
    return rooms
        .getBean(ScanResults.class)
        .files(caller, scan.id(), FileFilter.ALL, null, 500)
        .items()
        .stream()
        .map(file -> file.path() + " " + file.state())
        .toList();
  }

  /** Every file the source has or had, as {@code path state previous paths}. */
  List<String> known() {
    return jdbc()
        .query(
            """
            select path || ' ' || state || coalesce(' ' || nullif(array_to_string(previous_paths, ' '), ''), '')
            from found_file where source_id = ? order by path
            """,
            (row, n) -> row.getString(1),
            source);
  }

  private JdbcTemplate jdbc() {
    return rooms.getBean(JdbcTemplate.class);
  }

  private void in(Runnable work) {
    Consumer<Object> ignored = status -> work.run();
    rooms.getBean(TransactionTemplate.class).executeWithoutResult(ignored::accept);
  }

  static String[] names(int count, String pattern) {
    String[] names = new String[count];
    Arrays.setAll(names, pattern::formatted);
    return names;
  }
}
