package io.dorsal.functions.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.discovery.Scan;
import io.dorsal.discovery.ScanMode;
import io.dorsal.discovery.ScanProgress;
import io.dorsal.discovery.ScanState;
import io.dorsal.discovery.ScanTrigger;
import io.dorsal.discovery.ScanView;
import io.dorsal.functions.http.Json;
import io.dorsal.work.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ScanAnswerTests {

  @Test
  void progressHasTheMembersOfTheSpecification() {
    JsonNode answer = render(ScanState.INSPECTING, WorkerStatus.ACTIVE);

    assertThat(answer.path("progress").propertyNames())
        .containsExactlyInAnyOrder(
            "phase",
            "listed",
            "to_inspect",
            "inspected",
            "reused",
            "unreadable",
            "bytes_read",
            "rate_per_s",
            "eta_seconds",
            "partitions_total",
            "partitions_done",
            "worker_status",
            "last_progress_at");
    assertThat(answer.at("/progress/eta_seconds").asLong()).isEqualTo(50);
    assertThat(answer.path("message").isNull()).isTrue();
    assertThat(answer.path("changes").toString())
        .isEqualTo("{\"new\":7,\"changed\":3,\"moved\":0,\"missing\":2}");
    assertThat(answer.path("guard").isNull()).isTrue();
    assertThat(answer.path("requested_at").asString()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void aLostWorkerChangesTheMessageAndNotTheState() {
    JsonNode answer = render(ScanState.INSPECTING, WorkerStatus.LOST);

    assertThat(answer.path("state").asString()).isEqualTo("INSPECTING");
    assertThat(answer.path("message").asString())
        .isEqualTo("Worker lost. The scan continues when a worker picks it up again.");
  }

  @ParameterizedTest
  @EnumSource(value = ScanState.class, mode = EnumSource.Mode.EXCLUDE, names = "INSPECTING")
  void aScanThatInspectsNothingHasNoRate(ScanState state) {
    JsonNode progress = render(state, null).path("progress");

    assertThat(progress.path("rate_per_s").isNull()).isTrue();
    assertThat(progress.path("eta_seconds").isNull()).isTrue();
    assertThat(progress.path("phase").asString()).isNotEmpty();
  }

  /** 10, section 0: EXPERT and VIEWER see state and counts only. */
  @Test
  void whoSeesCountsOnlyIsShownNoNames() {
    List<String> named = List.of("prefix", "prefixes", "include", "exclude");
    JsonNode counts = render(ScanState.INSPECTING, WorkerStatus.ACTIVE, false);
    JsonNode all = render(ScanState.INSPECTING, WorkerStatus.ACTIVE, true);

    assertThat(named).allMatch(name -> counts.path(name).isNull());
    assertThat(named).noneMatch(name -> all.path(name).isNull());
    assertThat(counts.path("progress")).isEqualTo(all.path("progress"));
  }

  private static JsonNode render(ScanState state, @Nullable WorkerStatus worker) {
    return render(state, worker, true);
  }

  private static JsonNode render(ScanState state, @Nullable WorkerStatus worker, boolean names) {
    Instant now = Instant.EPOCH;
    UUID id = new UUID(0, 1);
    var scan =
        new Scan(
            id,
            0,
            id,
            id,
            1,
            state,
            ScanTrigger.MANUAL,
            ScanMode.FULL,
            "",
            List.of(),
            List.of(),
            List.of(),
            true,
            List.of(),
            false,
            1,
            null,
            "",
            "somebody",
            now,
            now,
            null,
            null,
            null);
    var progress =
        new ScanProgress(
            id, 0, null, true, 200, 0, 150, 50, 0, 0, 0, 0, 7, 3, 0, 2, 1, 0, 2.0, now);
    return Json.parse(Json.write(ScanAnswer.of(new ScanView(scan, progress, worker, null, names))));
  }
}
