package io.dorsal.jobs;

import io.dorsal.jobs.SourceModel.Known;
import io.dorsal.jobs.SourceModel.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What happens to the files of a store between two scans; the same seed does the same. No bytes are
 * there twice, and no file is met twice between two scans.
 */
final class RandomChanges {

  private static final int FEWEST = 200;
  private static final int MOST_OF_A_KIND = 10;

  private final Random random;
  private int contents;
  private int writes;

  private NavigableMap<String, Stored> after = new TreeMap<>();
  private NavigableMap<String, Known> known = new TreeMap<>();
  private Deque<String> untouched = new ArrayDeque<>();
  private Deque<String> away = new ArrayDeque<>();
  private Set<String> taken = new HashSet<>();

  RandomChanges(long seed) {
    random = new Random(seed);
  }

  /**
   * The files of the store some changes later.
   *
   * @param knows what the source has known since its last scan
   * @param mostGo whether more than half of the files are to be deleted
   */
  NavigableMap<String, Stored> after(
      NavigableMap<String, Stored> now, NavigableMap<String, Known> knows, boolean mostGo) {
    after = new TreeMap<>(now);
    known = knows;
    untouched = shuffled(now.keySet());
    away = shuffled(knows.keySet().stream().filter(path -> !now.containsKey(path)).toList());
    taken = new HashSet<>(knows.keySet());
    taken.addAll(now.keySet());
    some(untouched, path -> after.put(path, written()));
    some(untouched, path -> after.put(path, again(path)));
    some(untouched, this::move);
    some(untouched, this::renameCase);
    some(untouched, this::moveAndWriteAnother);
    some(untouched, this::exchange);
    some(untouched, after::remove);
    comeBack(now.size());
    if (mostGo) {
      int gone = now.size() * 2 / 3;
      untouched.stream().limit(gone).forEach(after::remove);
    } else {
      add();
    }
    return after;
  }

  private interface Change {
    void to(String path);
  }

  private void some(Deque<String> paths, Change change) {
    for (int left = 1 + random.nextInt(MOST_OF_A_KIND); left > 0 && !paths.isEmpty(); left--) {
      change.to(paths.remove());
    }
  }

  private Deque<String> shuffled(Collection<String> paths) {
    List<String> all = new ArrayList<>(paths);
    Collections.shuffle(all, random);
    return new ArrayDeque<>(all);
  }

  /** Bytes that were never there. */
  private Stored written() {
    return new Stored(++contents, ++writes);
  }

  /** The bytes that are there, or were, under a new ETag. */
  private Stored again(String path) {
    Stored there = after.get(path);
    Stored bytes = there == null ? known(path).stored() : there;
    return new Stored(bytes.content(), ++writes);
  }

  private Known known(String path) {
    return Objects.requireNonNull(known.get(path));
  }

  private void add() {
    int more = Math.max(FEWEST - after.size(), 10 + random.nextInt(30));
    for (int i = 0; i < more; i++) {
      after.put(free("IMG_%05d.jpg".formatted(++writes)), written());
    }
  }

  /** Into another folder or, now and then, back to where it came from. */
  private void move(String path) {
    List<String> previous = known(path).previous();
    String back = previous.isEmpty() ? path : previous.getLast();
    boolean home = random.nextInt(3) > 0 && taken.add(back);
    put(home ? back : free(name(path)), path);
  }

  private void renameCase(String path) {
    String name = name(path);
    String other = name.startsWith("IMG") ? name.replace("IMG", "img") : name.replace("img", "IMG");
    String target = folder(path) + other;
    if (taken.add(target)) {
      put(target, path);
    }
  }

  private void put(String target, String path) {
    Stored moved = again(path);
    after.remove(path);
    after.put(target, moved);
  }

  /** The old bytes at another place, and new ones where they were: that is no move. */
  private void moveAndWriteAnother(String path) {
    after.put(free(name(path)), again(path));
    after.put(path, written());
  }

  private void exchange(String path) {
    String other = untouched.poll();
    if (other != null) {
      Stored one = again(path);
      after.put(path, again(other));
      after.put(other, one);
    }
  }

  /** Files that went come back: as they were, with other bytes, elsewhere, or almost all. */
  private void comeBack(int there) {
    some(away, path -> after.put(path, again(path)));
    some(away, path -> after.put(path, written()));
    some(away, path -> after.put(free(name(path)), again(path)));
    if (away.size() > there && random.nextBoolean()) {
      away.forEach(path -> after.put(path, again(path)));
    }
  }

  /** A path that no file has or had, with this name. */
  private String free(String name) {
    String path = "20%02d/day %d/%s".formatted(random.nextInt(30), random.nextInt(9), name);
    return taken.add(path) ? path : free(name);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
