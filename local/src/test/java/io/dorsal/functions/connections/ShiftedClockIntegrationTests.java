package io.dorsal.functions.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import io.dorsal.local.demo.WrittenArchive;
import io.dorsal.local.stack.TimersNow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The local stack's clock of expiry (10, section 6.10), as {@code ./dorsal clock} shifts it. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class ShiftedClockIntegrationTests {

  private ApiStack api;
  private Path shift;

  @BeforeEach
  void place(ApiStack started) {
    api = started;
    shift = started.stack().directory().expiryShift();
  }

  @AfterEach
  void end() throws IOException {
    Files.deleteIfExists(shift);
  }

  /** Scenario 7 with the stack's own timer: told once at 30, 7 and 1 days, whatever is repeated. */
  @Test
  void noticesComeAsTheDaysGoBy() throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(1);
    String sas = api.stack().containers().readSas("source", archive.container(), days(29));
    api.post("/connections", admin, ApiStack.connecting("Ending", archive, sas));

    for (int day : new int[] {0, 0, 15, 23, 23, 28, 28}) {
      ahead(days(day));
      TimersNow.run(api.stack().api(), "EveryMorning");
    }

    Answer notices = api.get("/notices", admin);
    assertThat(notices.body().path("items").valueStream().map(n -> n.path("title").asString()))
        .containsExactly(
            "The secret of Ending ends within 1 day",
            "The secret of Ending ends within 7 days",
            "The secret of Ending ends within 30 days");
    Answer calendar = api.get("/connections/expiry-calendar", admin);
    assertThat(calendar.at("/items/0/band")).as(calendar.text()).isEqualTo("1");
  }

  @Test
  void anEndedSecretExpiresItsConnectionAndIsGoodAgainInThePresent() throws Exception {
    String admin = api.token(ApiStack.tenant(), "TENANT_ADMIN");
    WrittenArchive archive = api.archive(2);
    String source = api.source(admin, archive);
    String connection = "/connections/" + api.get("/sources/" + source, admin).at("/connection_id");

    ahead(days(31));
    TimersNow.run(api.stack().api(), "EveryMinute");

    assertThat(api.get(connection, admin).at("/status")).isEqualTo("EXPIRED");
    Answer refused = api.post("/scans", admin, "{\"source_id\":\"" + source + "\"}");
    assertThat(refused.at("/code")).as(refused.text()).isEqualTo("CONNECTION_BROKEN");
    Answer report = api.post(connection + "/doctor", admin, null);
    assertThat(report.at("/findings/0/code")).as(report.text()).isEqualTo("SAS_EXPIRED");

    ahead(Duration.ZERO);
    assertThat(api.post(connection + "/doctor", admin, null).at("/status")).isIn("OK", "WARNING");
  }

  private void ahead(Duration by) throws IOException {
    Files.writeString(shift, by.toString());
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
