package io.dorsal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes are killed at random moments of a scan; afterwards nothing is missing, double, wrong or
 * left over. {@code -Ddorsal.crash.seed=N} runs one seed again.
 */
@SuppressWarnings("NullAway.Init")
class CrashIntegrationTests {

  private static final int FILES = 12_000;

  @TempDir static Path directory;
  static ScannedArchive archive;

  @BeforeAll
  static void start() throws Exception {
    archive = ScannedArchive.start(directory, FILES);
  }

  @AfterAll
  static void close() throws Exception {
    archive.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scanSurvivesTheDeathOfItsProcesses(long seed) throws Exception {
    survives(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("seeds")
  void scanSurvivesTheDeathOfItsProcessesInManyRounds(long seed) throws Exception {
    survives(seed);
  }

  static LongStream seeds() {
    Long one = Long.getLong("dorsal.crash.seed");
    return one != null ? LongStream.of(one) : LongStream.rangeClosed(101, 140);
  }

  private static void survives(long seed) throws Exception {
    KillPlan plan = KillPlan.of(seed, FILES);
    System.out.println("Crash round " + plan);
    CrashRounds.Round round = new CrashRounds(archive).run(plan);
    System.out.println("Crash round " + round);
    assertThat(round.mistakes()).as("%s", plan).isEmpty();
    assertThat(round.reads().again()).as("%s", plan).isLessThanOrEqualTo(round.allowed());
  }
}
