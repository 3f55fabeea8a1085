package io.dorsal.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dorsal.local.archive.LedgerEntry.FileClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoArchiveTests {

  private static final int MANY = 20_000;

  @Test
  void sameSeedGivesSameFilesWhateverTheOrderTheThreadsAndTheCount() {
    List<LedgerEntry> once =
        entries(DemoArchive.plan(11, 400), IntStream.range(0, 400).boxed().toList());
    List<Integer> backwards = IntStream.range(0, 400).map(i -> 399 - i).boxed().toList();
    List<LedgerEntry> again =
        backwards.parallelStream()
            .map(i -> entry(DemoArchive.plan(11, 500_000), i))
            .collect(Collectors.toList())
            .reversed();
    assertThat(again).isEqualTo(once);
  }

  @Test
  void anotherSeedGivesOtherFiles() {
    LedgerEntry first = entry(DemoArchive.plan(1, 10), 0);
    LedgerEntry other = entry(DemoArchive.plan(2, 10), 0);
    assertThat(other.md5()).isNotEqualTo(first.md5());
    assertThat(other.path()).isNotEqualTo(first.path());
  }

  @Test
  void noTwoFilesShareAPath() {
    for (long seed : new long[] {-3, 0, 42}) {
      DemoArchive archive = DemoArchive.plan(seed, MANY);
      Set<String> paths = new HashSet<>();
      IntStream.range(0, MANY).forEach(i -> paths.add(archive.plan(i).path()));
      assertThat(paths).hasSize(MANY);
    }
  }

  @Test
  void everySpecialKindIsThereFrom180FilesOn() {
    DemoArchive archive = DemoArchive.plan(5, 180);
    Set<String> kinds =
        IntStream.range(0, 180).mapToObj(i -> archive.plan(i).kind()).collect(Collectors.toSet());
    assertThat(kinds).containsAll(Arrays.stream(Kind.values()).map(Kind::name).toList());
  }

  @Test
  void countsFromOneToAMillionWork() {
    assertThat(entry(DemoArchive.plan(1, 1), 0).kind()).isEqualTo("PHOTO");
    assertThat(entry(DemoArchive.plan(1, 1_000_000), 999_999).path()).isNotEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> DemoArchive.plan(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> DemoArchive.plan(1, 1_000_001));
    assertThatThrownBy(() -> DemoArchive.plan(1, 10).plan(10))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void sharesOfCopiesAndCorruptFilesAreAsPromised() {
    DemoArchive archive = DemoArchive.plan(9, MANY);
    Map<Kind, Integer> count = new EnumMap<>(Kind.class);
    for (int i = 0; i < MANY; i++) {
      count.merge(Kind.valueOf(archive.plan(i).kind()), 1, Integer::sum);
    }
    assertThat(share(count, Kind.COPY)).isCloseTo(0.05, within(0.006));
    assertThat(share(count, Kind.PHOTO_NO_GPS)).isCloseTo(0.045, within(0.006));
    assertThat(share(count, Kind.PHOTO_NO_EXIF, Kind.PNG_XMP, Kind.GIF, Kind.BMP))
        .isCloseTo(0.097, within(0.01));
    assertThat(share(count, Kind.EMPTY, Kind.CUT_EARLY, Kind.CUT_LATE, Kind.RANDOM_BYTES))
        .isCloseTo(0.02, within(0.004));
    assertThat(share(count, Kind.PHOTO_EXIF_BEYOND_64_KIB, Kind.PHOTO_LARGE_PREVIEW))
        .isCloseTo(0.03, within(0.005));
  }

  @Test
  void aCopyIsAnotherFileWithTheSameBytes() {
    DemoArchive archive = DemoArchive.plan(3, 3000);
    Map<String, String> hashes =
        IntStream.range(0, 3000)
            .mapToObj(i -> entry(archive, i))
            .collect(Collectors.toMap(LedgerEntry::path, LedgerEntry::md5));
    List<LedgerEntry> copies =
        IntStream.range(0, 3000)
            .mapToObj(i -> entry(archive, i))
            .filter(e -> e.duplicateOf() != null)
            .toList();
    assertThat(copies).hasSizeGreaterThan(100);
    assertThat(copies).allSatisfy(e -> assertThat(hashes.get(e.duplicateOf())).isEqualTo(e.md5()));
  }

  @Test
  void rawFilesAndSidecarsLieBesideThePhotographTheyBelongTo() {
    DemoArchive archive = DemoArchive.plan(3, 5000);
    Set<String> photographs =
        IntStream.range(0, 5000)
            .mapToObj(archive::plan)
            .filter(file -> file.kind().equals("PHOTO"))
            .map(file -> stem(file.path()))
            .collect(Collectors.toSet());
    assertThat(paired(archive, FileClass.RAW, photographs)).isGreaterThan(50);
    assertThat(paired(archive, FileClass.SIDECAR, photographs)).isGreaterThan(50);
  }

  private static long paired(DemoArchive archive, FileClass fileClass, Set<String> photographs) {
    return IntStream.range(0, archive.files())
        .mapToObj(archive::plan)
        .filter(file -> file.fileClass() == fileClass)
        .filter(file -> photographs.contains(stem(file.path())))
        .count();
  }

  private static String stem(String path) {
    return path.substring(0, path.lastIndexOf('.'));
  }

  private static double share(Map<Kind, Integer> count, Kind... kinds) {
    return Arrays.stream(kinds).mapToInt(kind -> count.getOrDefault(kind, 0)).sum() / (double) MANY;
  }

  private static List<LedgerEntry> entries(DemoArchive archive, List<Integer> numbers) {
    return numbers.stream().map(i -> entry(archive, i)).toList();
  }

  static LedgerEntry entry(DemoArchive archive, int index) {
    DemoFile file = archive.plan(index);
    return file.entry("", file.bytes());
  }
}
