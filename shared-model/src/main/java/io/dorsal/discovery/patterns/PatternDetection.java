package io.dorsal.discovery.patterns;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects how an archive names its folders and files, in one pass over its images in the order of
 * their paths. Memory grows with the depth of the archive, not with its size. Not thread-safe.
 */
public final class PatternDetection {

  /** Deeper folders are nobody's habit. */
  private static final int DEEPEST = 64;

  private final PatternEvidence evidence;
  private final LocalDate latest;
  private final Deque<Folder> open = new ArrayDeque<>();
  private final Map<Integer, Level> folders = new TreeMap<>();
  private final Level files;

  /**
   * @param latest the last day a picture can have been taken on, anywhere
   */
  public PatternDetection(PatternEvidence evidence, LocalDate latest) {
    this.evidence = evidence;
    this.latest = latest;
    this.files = new Level(null, latest);
    open.push(new Folder("", new NameFinds("", List.of(), List.of()), 0));
  }

  /**
   * The next image.
   *
   * @param path relative to the source's root; paths come in the order of their code points
   * @param taken the day on the camera's clock; null where nobody knows
   */
  public void image(String path, @Nullable LocalDate taken) {
    while (!path.startsWith(open.element().path)) {
      close();
    }
    int start = open.element().path.length();
    for (int slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
      String name = composed(path.substring(start, slash));
      NameFinds finds = found(name);
      open.push(new Folder(path.substring(0, slash + 1), finds, open.element().depth + 1));
      start = slash + 1;
    }
    NameFinds finds = NameFinds.in(composed(stem(path.substring(start))), true, evidence);
    List<@Nullable Boolean> equal = new ArrayList<>(finds.dates().size());
    finds.dates().forEach(date -> equal.add(taken == null ? null : date.holds(taken)));
    files.add(finds, equal);
    if (taken != null) {
      open.forEach(folder -> folder.taken(taken));
    }
  }

  private NameFinds found(String name) {
    Iterator<Folder> above = open.iterator();
    String parent = above.next().finds.name();
    String grandparent = above.hasNext() ? above.next().finds.name() : "";
    return SplitDates.with(NameFinds.in(name, false, evidence), parent, grandparent);
  }

  /** Ends the pass: folders from the root down, then file names. */
  public List<DetectedPattern> patterns() {
    while (open.size() > 1) {
      close();
    }
    List<DetectedPattern> found = new ArrayList<>();
    folders.values().forEach(level -> found.addAll(level.patterns()));
    found.addAll(files.patterns());
    return List.copyOf(found);
  }

  private void close() {
    Folder folder = open.pop();
    if (folder.depth <= DEEPEST && !folder.finds.name().isEmpty()) {
      folders
          .computeIfAbsent(folder.depth, depth -> new Level(depth, latest))
          .add(folder.finds, folder.equal());
    }
  }

  private static String composed(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** A folder with images beneath, and on how many of them its dates are those they were taken. */
  private static final class Folder {
    private final String path;
    private final NameFinds finds;
    private final int depth;
    private final long[] equal;
    private long dated;

    Folder(String path, NameFinds finds, int depth) {
      this.path = path;
      this.finds = finds;
      this.depth = depth;
      this.equal = new long[finds.dates().size()];
    }

    void taken(LocalDate day) {
      dated++;
      for (int i = 0; i < equal.length; i++) {
        equal[i] += finds.dates().get(i).holds(day) ? 1 : 0;
      }
    }

    /** A date is the folder's where most of its pictures are of that day. */
    List<@Nullable Boolean> equal() {
      List<@Nullable Boolean> verdicts = new ArrayList<>(equal.length);
      for (long count : equal) {
        verdicts.add(dated == 0 ? null : 2 * count > dated);
      }
      return verdicts;
    }
  }
}
