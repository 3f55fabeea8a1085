package io.dorsal.jobs;

import io.dorsal.jobs.GeneratedListing.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a planned listing and what each has to hold: nine in ten files lie four folders
 * deep, a hundred in each, the others all in one.
 */
final class PlannedTree {

  private static final int CARD = 100;
  private static final int DAY = 10 * CARD;
  private static final int SEASON = 50 * DAY;

  private final int files;
  private final int inSeasons;
  private final Map<String, Folder> folders = new TreeMap<>();

  /** What lies below a folder at any depth, and the names of what lies in it, in order. */
  static final class Folder {
    final Map<String, Long> classes = new TreeMap<>();
    final List<String> children = new ArrayList<>();
    long files;
    long bytes;
  }

  PlannedTree(int files) {
    this.files = files;
    this.inSeasons = files / 10 * 9;
    folders.put("", new Folder());
    for (int number = 0; number < files; number++) {
      add(file(number));
    }
  }

  int files() {
    return files;
  }

  /** The file with this number; numbers are in the order of names. */
  Listed file(int number) {
    String ending = number % 10 == 3 ? "txt" : number % 10 == 7 ? "xyz" : "jpg";
    String folder =
        number >= inSeasons
            ? "unsorted"
            : String.format(
                Locale.ROOT,
                "season %02d/day %02d/card %d",
                number / SEASON,
                number % SEASON / DAY,
                number % DAY / CARD);
    String name = String.format(Locale.ROOT, "%s/IMG_%07d.%s", folder, number, ending);
    return new Listed(name, 1_000 + number % 977);
  }

  private void add(Listed file) {
    String path = file.name();
    String fileClass =
        switch (path.substring(path.length() - 3)) {
          case "txt" -> "DOCUMENT";
          case "xyz" -> "OTHER";
          default -> "IMAGE";
        };
    int from = 0;
    while (true) {
      Folder folder = folders.computeIfAbsent(path.substring(0, from), p -> new Folder());
      folder.files++;
      folder.bytes += file.size();
      folder.classes.merge(fileClass, 1L, Long::sum);
      int slash = path.indexOf('/', from);
      String child = slash < 0 ? path.substring(from) : path.substring(from, slash);
      if (folder.children.isEmpty() || !folder.children.getLast().equals(child)) {
        folder.children.add(child);
      }
      if (slash < 0) {
        return;
      }
      from = slash + 1;
    }
  }

  /** A folder that is there. */
  Folder folder(String path) {
    return Objects.requireNonNull(folders.get(path), path);
  }

  /** Null where there is no such folder. */
  @Nullable Folder at(String path) {
    return folders.get(path);
  }

  /** The paths of the folders so many levels below the root, in order. */
  List<String> level(int depth) {
    return folders.keySet().stream()
        .filter(path -> path.chars().filter(c -> c == '/').count() == depth)
        .toList();
  }
}
