package io.dorsal.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a source has to know after each of its scans, kept by the rules of section 2.7 and by
 * nothing else. No two files of it have equal bytes, so a move has one candidate.
 */
final class SourceModel {

  private static final int FEWEST_DOUBTED = 100;

  /**
   * A file in the store.
   *
   * @param content equal for equal bytes
   * @param write counts what was written; a new one is a new ETag
   */
  record Stored(int content, int write) {}

  /**
   * A file the source knows.
   *
   * @param id empty until the database has given one
   * @param previous paths, the oldest first
   */
  record Known(String id, boolean missing, int version, List<String> previous, Stored stored) {

    private Known listed(Stored now) {
      int next = now.content() == stored.content() ? version : version + 1;
      return new Known(id, false, next, previous, now);
    }

    private Known moved(String from, Stored now) {
      List<String> more = new ArrayList<>(previous);
      more.add(from);
      return new Known(id, false, version, List.copyOf(more), now);
    }

    private Known gone() {
      return new Known(id, true, version, previous, stored);
    }

    private Known named(String given) {
      return new Known(given, missing, version, previous, stored);
    }

    /** As {@link #rows} gives it. */
    @Override
    public String toString() {
      return "%s %s %d %s"
          .formatted(id, missing ? "MISSING" : "PRESENT", version, String.join(">", previous));
    }
  }

  /**
   * What a scan has to say.
   *
   * @param held how many files it would mark MISSING and does not; 0 where there is no guard
   */
  record Found(long added, long changed, long moved, long missing, long held) {}

  /** Path to what {@link Known#toString} gives, as the database has it. */
  static final String ROWS =
      """
      select path, id || ' ' || state || ' ' || content_version || ' '
                   || array_to_string(previous_paths, '>')
      from found_file where source_id = ?
      """;

  private final NavigableMap<String, Known> files = new TreeMap<>();

  /** All it knows, by path. */
  NavigableMap<String, Known> files() {
    return files;
  }

  /** A complete scan of these files. */
  Found scan(Map<String, Stored> listed) {
    Map<String, Stored> fresh = new TreeMap<>();
    long changed = 0;
    for (var file : listed.entrySet()) {
      Known known = files.get(file.getKey());
      if (known == null) {
        fresh.put(file.getKey(), file.getValue());
      } else {
        changed += known.stored().write() == file.getValue().write() ? 0 : 1;
        files.put(file.getKey(), known.listed(file.getValue()));
      }
    }
    long added = fresh.size();
    long moved = move(listed, fresh);
    long present = files.values().stream().filter(known -> !known.missing()).count();
    List<String> gone = new ArrayList<>();
    files.forEach(
        (path, known) -> {
          if (!listed.containsKey(path) && !known.missing()) {
            gone.add(path);
          }
        });
    fresh.forEach((path, now) -> files.put(path, new Known("", false, 1, List.of(), now)));
    boolean doubted = present >= FEWEST_DOUBTED && gone.size() * 2L > present;
    if (!doubted) {
      confirm(gone);
    }
    return new Found(
        added - moved, changed, moved, doubted ? 0 : gone.size(), doubted ? gone.size() : 0);
  }

  /** Takes from the fresh files those that were known elsewhere. */
  private long move(Map<String, Stored> listed, Map<String, Stored> fresh) {
    Map<Integer, String> elsewhere = new HashMap<>();
    files.forEach(
        (path, known) -> {
          if (!listed.containsKey(path)) {
            elsewhere.put(known.stored().content(), path);
          }
        });
    long added = fresh.size();
    fresh
        .entrySet()
        .removeIf(
            file -> {
              String from = elsewhere.get(file.getValue().content());
              Known known = from == null ? null : files.remove(from);
              if (from != null && known != null) {
                files.put(file.getKey(), known.moved(from, file.getValue()));
              }
              return known != null;
            });
    return added - fresh.size();
  }

  /** Somebody, or the scan itself, says that these are gone. */
  private void confirm(List<String> gone) {
    gone.forEach(path -> files.computeIfPresent(path, (p, known) -> known.gone()));
  }

  /** Somebody confirms what the last scan held. */
  void confirmGone(Set<String> listed) {
    confirm(files.keySet().stream().filter(path -> !listed.contains(path)).toList());
  }

  /** The rows the database has to have; takes over the ids of those that are new to it. */
  Map<String, String> rows(Map<String, String> found) {
    Map<String, String> rows = new TreeMap<>();
    files.replaceAll(
        (path, known) -> {
          String row = found.get(path);
          return known.id().isEmpty() && row != null
              ? known.named(row.substring(0, row.indexOf(' ')))
              : known;
        });
    files.forEach((path, known) -> rows.put(path, known.toString()));
    return rows;
  }
}
