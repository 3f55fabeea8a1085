package io.dorsal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dorsal.problem.ProblemException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanTests {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant EARLIER = NOW.minusSeconds(60);
  private static final Scan.Cause CAUSE = new Scan.Cause("SAS_EXPIRED", "It ended.", "Renew it.");

  private record Act(Function<Scan, Scan> change, Set<ScanState> allowed, ScanState to) {}

  private static final Map<String, Act> ACTS =
      Map.of(
          "startListing",
          new Act(
              scan -> scan.startListing(NOW),
              EnumSet.of(ScanState.REQUESTED, ScanState.LISTING),
              ScanState.LISTING),
          "listed",
          new Act(
              scan -> scan.listed(true, NOW), EnumSet.of(ScanState.LISTING), ScanState.INSPECTING),
          "listedWithNothing",
          new Act(
              scan -> scan.listed(false, NOW), EnumSet.of(ScanState.LISTING), ScanState.COMPLETED),
          "complete",
          new Act(
              scan -> scan.complete(NOW), EnumSet.of(ScanState.INSPECTING), ScanState.COMPLETED),
          "pauseForAuth",
          new Act(
              scan -> scan.pauseForAuth(CAUSE, NOW),
              EnumSet.of(ScanState.LISTING, ScanState.INSPECTING),
              ScanState.PAUSED_AUTH),
          "fail",
          new Act(
              scan -> scan.fail(CAUSE, NOW),
              EnumSet.of(
                  ScanState.REQUESTED,
                  ScanState.LISTING,
                  ScanState.INSPECTING,
                  ScanState.PAUSED_AUTH),
              ScanState.FAILED),
          "cancel",
          new Act(
              scan -> scan.cancel(NOW),
              EnumSet.of(
                  ScanState.REQUESTED,
                  ScanState.LISTING,
                  ScanState.INSPECTING,
                  ScanState.PAUSED_AUTH),
              ScanState.CANCELED),
          "resume",
          new Act(
              Scan::resume,
              EnumSet.of(ScanState.PAUSED_AUTH, ScanState.FAILED),
              ScanState.REQUESTED));

  @ParameterizedTest
  @EnumSource(ScanState.class)
  void eachStateAllowsItsTransitionsAndRefusesAllOthers(ScanState from) {
    ACTS.forEach(
        (name, act) -> {
          Scan scan = scan(from);
          if (act.allowed().contains(from)) {
            assertThat(act.change().apply(scan).state()).as(name).isEqualTo(act.to());
          } else {
            var refusal =
                catchThrowableOfType(ProblemException.class, () -> act.change().apply(scan));
            assertThat(refusal.problem()).as(name).isEqualTo(DiscoveryProblem.SCAN_STATE);
            assertThat(refusal.details()).containsEntry("state", from.name());
            assertThat(refusal.details().get("allowed"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrderElementsOf(
                    act.allowed().stream().map(ScanState::name).toList());
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = ScanState.class,
      names = {"COMPLETED", "CANCELED"})
  void finalStatesAllowNothing(ScanState last) {
    assertThat(ACTS.values()).noneMatch(act -> act.allowed().contains(last));
    assertThat(last.active()).isFalse();
  }

  @Test
  void activeAndAtWorkAreWhatTheSpecificationNames() {
    assertThat(ScanState.values())
        .filteredOn(ScanState::active)
        .containsExactly(
            ScanState.REQUESTED, ScanState.LISTING, ScanState.INSPECTING, ScanState.PAUSED_AUTH);
    assertThat(ScanState.values())
        .filteredOn(ScanState::atWork)
        .containsExactly(ScanState.LISTING, ScanState.INSPECTING);
  }

  @Test
  void keepsTheMomentsOfItsLife() {
    Scan listing = scan(ScanState.REQUESTED).startListing(EARLIER);
    assertThat(listing.startListing(NOW).startedAt()).isEqualTo(EARLIER);
    Scan inspecting = listing.listed(true, NOW);
    assertThat(inspecting.listedAt()).isEqualTo(NOW);
    assertThat(inspecting.finishedAt()).isNull();
    assertThat(inspecting.complete(NOW).finishedAt()).isEqualTo(NOW);
    assertThat(listing.listed(false, NOW).finishedAt()).isEqualTo(NOW);
    assertThat(listing.cancel(NOW).finishedAt()).isEqualTo(NOW);
  }

  @Test
  void pausedScanTellsWhyAndForgetsItWhenItGoesOn() {
    Scan paused =
        scan(ScanState.REQUESTED)
            .startListing(EARLIER)
            .listed(true, EARLIER)
            .pauseForAuth(CAUSE, NOW);
    assertThat(paused.cause()).isEqualTo(CAUSE);
    assertThat(paused.pausedAt()).isEqualTo(NOW);
    assertThat(paused.finishedAt()).isNull();
    Scan resumed = paused.resume();
    assertThat(resumed.cause()).isNull();
    assertThat(resumed.pausedAt()).isNull();
    assertThat(resumed.startedAt()).isEqualTo(EARLIER);
    assertThat(resumed.listedAt()).isEqualTo(EARLIER);
    assertThat(resumed.startListing(NOW).listed(true, NOW).listedAt()).isEqualTo(EARLIER);
  }

  @Test
  void eachHandOverHasItsOwnMessageIdTheFirstThatOfTheScan() {
    Scan scan = scan(ScanState.REQUESTED);
    assertThat(scan.messageId()).isEqualTo(scan.id().toString());
    Scan again = scan.fail(CAUSE, NOW).resume();
    assertThat(again.messageId()).isEqualTo(scan.id() + "-2");
    assertThat(again.startListing(NOW).fail(CAUSE, NOW).resume().messageId())
        .isEqualTo(scan.id() + "-3");
  }

  private static Scan scan(ScanState state) {
    return new Scan(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        UUID.randomUUID(),
        1,
        state,
        ScanTrigger.MANUAL,
        ScanMode.FULL,
        "",
        List.of(),
        List.of(),
        List.of(),
        true,
        List.of("IMAGE"),
        false,
        1,
        null,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "ann",
        EARLIER,
        null,
        null,
        null,
        null);
  }
}
