package io.dorsal.bench.store;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.archive.DemoFile;
import io.dorsal.local.archive.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of a stub store: the names and kinds of a demo archive over some 200 real bodies, each
 * image with its own date in its metadata, unless it is the copy of another to the byte. The same
 * for the same seed. Immutable and thread-safe.
 */
public final class StubFiles {

  private static final int BODIES = 200;
  private static final int SMALLEST_PICTURE = 1_000;
  private static final String COPY = "COPY";
  private static final byte[] NOTHING = {};
  private static final DateTimeFormatter EXIF_DATE =
      DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss", Locale.ROOT);
  private static final LocalDateTime FIRST_DATE = LocalDateTime.of(2006, 5, 1, 6, 0);

  /** In the order of a listing: by the names' code points. */
  private static final Comparator<String> LISTED =
      (one, other) ->
          java.util.Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  /**
   * A body and where its dates stand.
   *
   * @param dates offsets of dates in the form of EXIF, 19 bytes each
   */
  record Body(byte[] bytes, int[] dates) {}

  /**
   * What makes two sets of files the same.
   *
   * @param size bytes of every image, made up at its end with nothing; 0 leaves each as it is
   */
  public record Plan(long seed, int count, int size) {

    /** The files. */
    public StubFiles files() {
      return of(seed, count, size);
    }
  }

  private final List<StubFile> files;
  private final NavigableMap<String, StubFile> byName;

  private StubFiles(Collection<StubFile> files) {
    byName = new TreeMap<>(LISTED);
    files.forEach(file -> byName.put(file.name(), file));
    this.files = List.copyOf(byName.values());
  }

  /**
   * Plans a container.
   *
   * @param size bytes of every image, made up at its end with nothing; 0 leaves each as it is
   */
  public static StubFiles of(long seed, int count, int size) {
    Map<String, List<Body>> pool = new HashMap<>();
    DemoArchive few = DemoArchive.plan(seed, BODIES);
    for (int i = 0; i < few.files(); i++) {
      DemoFile file = few.plan(i);
      pool.computeIfAbsent(file.kind(), kind -> new ArrayList<>()).add(body(file));
    }
    DemoArchive archive = DemoArchive.plan(seed, count);
    List<DemoFile> plans = IntStream.range(0, count).parallel().mapToObj(archive::plan).toList();
    Map<String, StubFile> files = new HashMap<>();
    Map<String, Integer> ofKind = new HashMap<>();
    for (DemoFile file : plans) {
      if (!file.kind().equals(COPY)) {
        int number = ofKind.merge(file.kind(), 1, Integer::sum);
        files.put(file.path(), stub(file, number, pool, size));
      }
    }
    plans.stream()
        .filter(file -> file.kind().equals(COPY))
        .forEach(file -> files.put(file.path(), copy(file, files)));
    return new StubFiles(files.values());
  }

  /**
   * Plans one file.
   *
   * @param number counts the files of its kind
   */
  private static StubFile stub(DemoFile file, int number, Map<String, List<Body>> pool, int size) {
    List<Body> alike = Objects.requireNonNull(pool.getOrDefault(file.kind(), pool.get("PHOTO")));
    Body body = alike.get(number % alike.size());
    byte[] date =
        EXIF_DATE
            .format(FIRST_DATE.plusSeconds(file.index() * 61L))
            .getBytes(StandardCharsets.US_ASCII);
    return new StubFile(
        file.path(), file.index(), body, date, length(file, body, number, size), opened(file));
  }

  /** An image that has no date to tell it from the others of its body is told by its length. */
  private static int length(DemoFile file, Body body, int number, int size) {
    int length = body.bytes().length;
    boolean image = file.fileClass() == LedgerEntry.FileClass.IMAGE;
    if (image && body.dates().length == 0 && length > SMALLEST_PICTURE) {
      return Math.max(size, length) + number;
    }
    return body.dates().length > 0 ? Math.max(size, length) : length;
  }

  private static StubFile copy(DemoFile file, Map<String, StubFile> files) {
    String original = Objects.requireNonNull(file.entry("", NOTHING).duplicateOf());
    return Objects.requireNonNull(files.get(original))
        .copy(file.path(), file.index(), opened(file));
  }

  private static boolean opened(DemoFile file) {
    return file.fileClass() != null && file.fileClass() != LedgerEntry.FileClass.OTHER;
  }

  private static Body body(DemoFile file) {
    byte[] bytes = file.bytes();
    LocalDateTime taken = file.entry("", bytes).takenAtLocal();
    return new Body(bytes, taken == null ? new int[0] : places(bytes, EXIF_DATE.format(taken)));
  }

  private static int[] places(byte[] bytes, String date) {
    byte[] wanted = date.getBytes(StandardCharsets.US_ASCII);
    return IntStream.range(0, bytes.length - wanted.length)
        .filter(
            at -> java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length))
        .toArray();
  }

  /** All files in the order of a listing. */
  public List<StubFile> all() {
    return files;
  }

  /** The file of this name; null where there is none. */
  public @Nullable StubFile get(String name) {
    return byName.get(name);
  }

  /**
   * Files whose names begin with a prefix, in order.
   *
   * @param from the first name wanted, empty for the first of all
   */
  List<StubFile> page(String prefix, String from, int limit) {
    String first = from.isEmpty() ? prefix : from;
    List<StubFile> page = new ArrayList<>(limit);
    for (StubFile file : byName.tailMap(first, true).values()) {
      if (!file.name().startsWith(prefix) || page.size() == limit) {
        break;
      }
      page.add(file);
    }
    return page;
  }
}
