package io.dorsal.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsAndSchedulesTests {

  @Test
  void referencesAreResolvedAndMissingOnesNamed() {
    HostSettings settings = HostSettings.of(Map.of("A", "x$1", "B", "y"));

    assertThat(settings.resolve("%A%-%B%")).isEqualTo("x$1-y");
    assertThatThrownBy(() -> settings.resolve("%C%")).hasMessage("The setting C is missing");
  }

  @Test
  void connectionsMayLeaveOutThePrefix() {
    HostSettings settings = HostSettings.of(Map.of("AzureWebJobsServiceBus", "one", "BUS", "two"));

    assertThat(settings.connection("")).isEqualTo("one");
    assertThat(settings.connection("BUS")).isEqualTo("two");
    assertThat(settings).asString().doesNotContain("one", "two");
  }

  @Test
  void localSettingsMayHoldCommentsAndTheEnvironmentWins(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("local.settings.json");
    Files.writeString(
        file, "{ // mine\n \"Values\": {\"PATH\": \"mine\", \"N\": 5, \"T\": true,} }");
    HostSettings settings = HostSettings.fromFile(file);

    assertThat(settings.find("N")).hasValue("5");
    assertThat(settings.find("T")).hasValue("true");
    assertThat(settings.find("PATH")).hasValue(System.getenv("PATH"));
  }

  @ParameterizedTest
  @CsvSource({
    "0 */1 * * * *, 2026-11-21T10:01:00Z",
    "0 30 9 * * MON-FRI, 2026-11-23T09:30:00Z",
    "0 0 0 1 JAN *, 2027-01-01T00:00:00Z",
    "'*/10 5,50 * * * *', 2026-11-21T10:05:00Z",
  })
  void schedulesAreNcrontab(String schedule, String next) {
    assertThat(TimerLoop.parse(schedule).next(ZonedDateTime.parse("2026-11-21T10:00:30Z")))
        .isEqualTo(ZonedDateTime.parse(next));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/5 * * * *", "@daily", "00:05:00", "0 0 0 L * *", "0 0 0 ? * *"})
  void whatAzureRefusesIsRefused(String schedule) {
    assertThatThrownBy(() -> TimerLoop.parse(schedule))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
    "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more, true",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
    "nonsense, false",
  })
  void aWellFormedTraceGoesOn(String parent, boolean kept) {
    String child = TraceParent.childOf(parent);

    assertThat(child).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").doesNotContain("00f067aa0ba902b7");
    assertThat(child.startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")).isEqualTo(kept);
  }
}
