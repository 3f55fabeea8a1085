package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dorsal.jobs.Migration;
import io.dorsal.local.RoomsForTests;
import io.dorsal.local.ServersForTests;
import io.dorsal.problem.ProblemException;
import io.dorsal.sources.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

/** Section 2.7: what a rescan reuses, what moved, what is gone, and what nobody believes. */
@ExtendWith(ServersForTests.class)
@SuppressWarnings("NullAway.Init")
class RescanIntegrationTests {

  private static ConfigurableApplicationContext rooms;

  private ScannedSource source;

  @BeforeAll
  static void start(ServersForTests.Postgres postgres) {
    Map<String, String> database = postgres.empty();
    Migration.run(database);
    rooms = RoomsForTests.on(database);
  }

  @AfterAll
  static void stop() {
    rooms.close();
  }

  @BeforeEach
  void register() {
    source = new ScannedSource(rooms);
  }

  @Test
  void onlyNewAndChangedFilesAreInspected() {
    source.write("a.jpg", "a").write("b.jpg", "b").write("c.jpg", "c").write("d.bin", "d");
    source.scan();
    source.write("b.jpg", "other").write("n.jpg", "n");
    Scan second = source.scan();
    ScanProgress progress = source.progress(second);
    assertThat(second.mode()).isEqualTo(ScanMode.INCREMENTAL);
    assertThat(
            List.of(
                progress.listed(),
                progress.toInspect(),
                progress.inspected(),
                progress.reused(),
                progress.added(),
                progress.changed(),
                progress.moved(),
                progress.missing()))
        .containsExactly(5L, 2L, 2L, 2L, 1L, 1L, 0L, 0L);
  }

  @Test
  void contentVersionRisesWithSizeOrDigestAndNotWithTheTagAlone() {
    source.write("md5.jpg", "one").write("hash.jpg", "one", false).write("late.jpg", "one", false);
    source.scan();
    source.write("md5.jpg", "one").write("hash.jpg", "one", false).write("late.jpg", "one");
    assertThat(source.progress(source.scan()).inspected()).isEqualTo(3);
    assertThat(List.of(version("md5"), version("hash"), version("late"))).containsExactly(1, 1, 1);
    source.write("md5.jpg", "two").write("hash.jpg", "two", false).write("late.jpg", "two", false);
    source.scan();
    assertThat(List.of(version("md5"), version("hash"), version("late"))).containsExactly(2, 2, 2);
    source.write("hash.jpg", "longer", false);
    source.scan();
    assertThat(version("hash")).isEqualTo(3);
    source.scan("FULL", "");
    assertThat(version("hash")).isEqualTo(3);
  }

  private int version(String name) {
    return source.versionOf(name + ".jpg");
  }

  @Test
  void fileThatIsGoneIsMissingAndMayComeBack() {
    source.write("a.jpg", "a").write("b.jpg", "b");
    Scan first = source.scan();
    UUID id = source.idOf("a.jpg");
    source.delete("a.jpg");
    Scan second = source.scan();
    assertThat(source.progress(second).missing()).isEqualTo(1);
    assertThat(source.shown(second)).containsExactly("a.jpg MISSING", "b.jpg INSPECTED");
    Scan third = source.scan();
    assertThat(source.shown(third)).containsExactly("b.jpg INSPECTED");
    assertThat(source.progress(third).missing()).isZero();
    source.write("a.jpg", "a");
    Scan fourth = source.scan();
    assertThat(source.shown(fourth)).containsExactly("a.jpg INSPECTED", "b.jpg INSPECTED");
    assertThat(source.idOf("a.jpg")).isEqualTo(id);
    assertThat(source.versionOf("a.jpg")).isEqualTo(1);
    assertThat(source.shown(first)).containsExactly("a.jpg INSPECTED", "b.jpg INSPECTED");
    assertThat(source.shown(second)).containsExactly("a.jpg MISSING", "b.jpg INSPECTED");
    assertThat(source.shown(third)).containsExactly("b.jpg INSPECTED");
  }

  @Test
  void fileGoneWhenItsTurnCameIsMissingToo() {
    source.write("a.jpg", "a").write("b.jpg", "b");
    Scan scan = source.list("AUTO", "");
    source.delete("a.jpg");
    source.end(scan);
    assertThat(source.progress(scan).missing()).isEqualTo(1);
    assertThat(source.shown(scan)).containsExactly("a.jpg MISSING", "b.jpg INSPECTED");
  }

  @Test
  void onlyWhatLiesUnderTheListedPrefixCanBeMissing() {
    source.write("x/a.jpg", "a").write("x/b.jpg", "b").write("y/c.jpg", "c");
    source.scan();
    source.delete("x/a.jpg").delete("y/c.jpg");
    Scan prefixed = source.scan("AUTO", "x/");
    assertThat(source.known())
        .containsExactly("x/a.jpg MISSING", "x/b.jpg PRESENT", "y/c.jpg PRESENT");
    assertThat(source.shown(prefixed)).containsExactly("x/a.jpg MISSING", "x/b.jpg INSPECTED");
  }

  @Test
  void filesLeftOutByPatternsAreNotMissing() {
    source.write("a.jpg", "a").write("b.jpg", "b").write("c.jpg", "c");
    source.scan();
    source.delete("c.jpg");
    Scan narrow = source.scan("AUTO", "", "a.*");
    assertThat(source.known()).containsExactly("a.jpg PRESENT", "b.jpg PRESENT", "c.jpg MISSING");
    assertThat(source.shown(narrow)).containsExactly("b.jpg INSPECTED", "c.jpg MISSING");
    assertThat(source.progress(source.scan()).reused()).isEqualTo(2);
  }

  @Test
  void movedFilesKeepTheirIds() {
    for (String name : ScannedSource.names(10, "old/%d.jpg")) {
      source.write(name, "content of " + name, name.hashCode() % 2 == 0);
    }
    source.scan();
    UUID id = source.idOf("old/3.jpg");
    for (int i = 0; i < 10; i++) {
      source.move("old/" + i + ".jpg", "new/place/" + i + ".jpg");
    }
    Scan second = source.scan();
    ScanProgress progress = source.progress(second);
    assertThat(List.of(progress.moved(), progress.missing(), progress.added()))
        .containsExactly(10L, 0L, 0L);
    assertThat(source.idOf("new/place/3.jpg")).isEqualTo(id);
    assertThat(source.versionOf("new/place/3.jpg")).isEqualTo(1);
    assertThat(source.shown(second)).hasSize(10).allMatch(file -> file.endsWith(" MOVED"));
    assertThat(source.known().getFirst()).isEqualTo("new/place/0.jpg PRESENT old/0.jpg");
    Scan third = source.scan();
    assertThat(source.shown(third)).allMatch(file -> file.endsWith(" INSPECTED"));
    assertThat(source.progress(third).inspected()).isZero();
  }

  @Test
  void amongSeveralTheFileNameDecidesThenTheFolderName() {
    source.write("a/1.jpg", "same").write("a/2.jpg", "same");
    source.write("p/x/7.jpg", "twin").write("p/y/7.jpg", "twin");
    source.write("q/u/8.jpg", "kin").write("q/v/9.jpg", "kin");
    source.write("r/5.jpg", "tie").write("r/6.jpg", "tie");
    source.scan();
    Map<String, UUID> ids = ids("a/1.jpg", "a/2.jpg", "p/x/7.jpg", "q/u/8.jpg", "r/5.jpg");
    source.move("a/1.jpg", "b/1.jpg").move("a/2.jpg", "b/2.jpg");
    source.move("p/x/7.jpg", "z/x/7.jpg").move("p/y/7.jpg", "z/y/7.jpg");
    source.move("q/u/8.jpg", "t/u/80.jpg").move("q/v/9.jpg", "t/v/90.jpg");
    source.move("r/5.jpg", "s/50.jpg").move("r/6.jpg", "s/60.jpg");
    Scan second = source.scan();
    assertThat(source.progress(second).moved()).isEqualTo(6);
    assertThat(source.progress(second).missing()).isEqualTo(2);
    assertThat(source.idOf("b/1.jpg")).isEqualTo(ids.get("a/1.jpg"));
    assertThat(source.idOf("b/2.jpg")).isEqualTo(ids.get("a/2.jpg"));
    assertThat(source.idOf("z/x/7.jpg")).isEqualTo(ids.get("p/x/7.jpg"));
    assertThat(source.idOf("t/u/80.jpg")).isEqualTo(ids.get("q/u/8.jpg"));
    assertThat(source.known()).contains("r/5.jpg MISSING", "s/50.jpg PRESENT");
  }

  private Map<String, UUID> ids(String... paths) {
    return Set.of(paths).stream()
        .collect(java.util.stream.Collectors.toMap(path -> path, source::idOf));
  }

  @Test
  void emptyFilesAndOtherContentDoNotMove() {
    source.write("a.jpg", "").write("b.jpg", "bee").write("c.jpg", "sea", false);
    source.scan();
    source.delete("a.jpg").delete("b.jpg").delete("c.jpg");
    source.write("n/a.jpg", "").write("n/b.jpg", "eeb").write("n/c.jpg", "eas", false);
    assertThat(source.progress(source.scan()).moved()).isZero();
  }

  @Test
  void moveIsFoundAfterACanceledScanSawTheNewPlaceFirst() {
    source.write("a.jpg", "content").write("b.jpg", "b");
    source.scan();
    UUID id = source.idOf("a.jpg");
    source.move("a.jpg", "n/a.jpg");
    Scan canceled = source.list("AUTO", "");
    rooms.getBean(Scans.class).cancel(source.caller(), canceled.id());
    assertThat(source.progress(source.scan()).moved()).isEqualTo(1);
    assertThat(source.idOf("n/a.jpg")).isEqualTo(id);
  }

  @Test
  void fileThatWentMissingBeforeMayTurnUpElsewhere() {
    source.write("a.jpg", "content").write("b.jpg", "b");
    source.scan();
    UUID id = source.idOf("a.jpg");
    source.delete("a.jpg");
    Scan without = source.scan();
    source.write("n/a.jpg", "content");
    Scan again = source.scan();
    assertThat(source.idOf("n/a.jpg")).isEqualTo(id);
    assertThat(source.shown(again)).containsExactly("b.jpg INSPECTED", "n/a.jpg MOVED");
    assertThat(source.shown(without)).containsExactly("b.jpg INSPECTED", "n/a.jpg MISSING");
  }

  @Test
  void moreThanHalfOfAHundredGoneIsHeldUntilConfirmed() {
    Scan held = heldScan(100, 51);
    assertThat(source.guard(held))
        .extracting(MissingGuard::state, MissingGuard::known, MissingGuard::wouldBeMissing)
        .containsExactly(MissingGuard.State.HELD, 100L, 51L);
    assertThat(held.state()).isEqualTo(ScanState.COMPLETED);
    assertThat(source.known()).noneMatch(file -> file.contains("MISSING"));
    assertThat(source.progress(held).missing()).isZero();
    decide(held, "CONFIRM");
    assertThat(source.known().stream().filter(file -> file.contains("MISSING"))).hasSize(51);
    assertThat(source.progress(held).missing()).isEqualTo(51);
    assertThatThrownBy(() -> decide(held, "DISMISS"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(DiscoveryProblem.SCAN_STATE));
  }

  @Test
  void halfOfAHundredAndMostOfNinetyNineAreBelieved() {
    Scan half = heldScan(100, 50);
    assertThat(source.guard(half)).isNull();
    assertThat(source.progress(half).missing()).isEqualTo(50);
    source = new ScannedSource(rooms);
    assertThat(source.progress(heldScan(99, 98)).missing()).isEqualTo(98);
  }

  @Test
  void dismissedGuardMarksNothingAndALaterScanAsksAnew() {
    Scan held = heldScan(100, 60);
    decide(held, "DISMISS");
    assertThat(source.known()).noneMatch(file -> file.contains("MISSING"));
    Scan again = source.scan();
    assertThat(source.guard(again)).extracting(MissingGuard::state).hasToString("HELD");
    source.write("00.jpg", "0");
    for (int i = 0; i < 60; i++) {
      source.write("%02d.jpg".formatted(i), "content " + i);
    }
    Scan healed = source.scan();
    assertThat(source.guard(healed)).isNull();
    assertThat(source.guard(again)).extracting(MissingGuard::state).hasToString("SUPERSEDED");
    assertThat(source.progress(healed).added()).isZero();
  }

  private Scan heldScan(int files, int deleted) {
    for (int i = 0; i < files; i++) {
      source.write("%02d.jpg".formatted(i), "content " + i);
    }
    source.scan();
    for (int i = 0; i < deleted; i++) {
      source.delete("%02d.jpg".formatted(i));
    }
    return source.scan();
  }

  private void decide(Scan scan, String decision) {
    rooms.getBean(Guards.class).decide(source.caller(), scan.id(), decision);
  }

  @Test
  void emptiedRootIsTakenForOneThatIsNotThere() {
    source.write("a.jpg", "a");
    source.scan();
    source.delete("a.jpg");
    assertThatThrownBy(source::scan)
        .isInstanceOfSatisfying(
            SourceException.class,
            refused -> assertThat(refused.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
    assertThat(source.known()).containsExactly("a.jpg PRESENT");
  }

  @Test
  void partitionWithFilesLeftIsNotFinished() {
    source.write("a.jpg", "a");
    Scan scan = source.list("AUTO", "");
    var partitions = rooms.getBean(PartitionWork.class);
    assertThatThrownBy(() -> partitions.finish(scan.id(), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended at 1 of 1");
    source.end(scan);
    partitions.finish(scan.id(), 1);
    assertThat(source.now(scan).state()).isEqualTo(ScanState.COMPLETED);
  }
}
