package io.dorsal.bench.store;

import io.dorsal.local.archive.DemoArchive;
import io.dorsal.local.archive.DemoFile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of a stub store: the names and kinds of a demo archive over some 200 real bodies, each
 * blob with its own date in its metadata. The same for the same seed. Immutable and thread-safe.
 */
public final class StubFiles {

  private static final int BODIES = 200;
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

  private final List<StubFile> files;
  private final NavigableMap<String, StubFile> byName;

  private StubFiles(List<StubFile> files) {
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
    return new StubFiles(
        IntStream.range(0, count)
            .parallel()
            .mapToObj(archive::plan)
            .map(file -> stub(file, pool, size))
            .toList());
  }

  private static StubFile stub(DemoFile file, Map<String, List<Body>> pool, int size) {
    List<Body> alike = pool.getOrDefault(file.kind(), pool.get("PHOTO"));
    Body body = java.util.Objects.requireNonNull(alike).get(file.index() % alike.size());
    // Copies of one body are equal to the byte.
    int number = file.kind().equals("COPY") ? 0 : file.index();
    byte[] date =
        EXIF_DATE.format(FIRST_DATE.plusSeconds(number * 61L)).getBytes(StandardCharsets.US_ASCII);
    boolean grows = body.dates().length > 0 && body.bytes().length < size;
    return new StubFile(file.path(), file.index(), body, date, grows ? size : body.bytes().length);
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
