package io.dorsal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionProblemTests {

  @ParameterizedTest
  @EnumSource(ConnectionProblem.class)
  void noFixLeavesAPlaceholder(ConnectionProblem problem) {
    assertThat(problem.fixFor(connection("photos"), null)).doesNotContain("{", "}");
    assertThat(problem.fixFor(connection(), null)).doesNotContain("{", "}");
  }

  @Test
  void fixesNameWhatTheyAreAbout() {
    assertThat(ConnectionProblem.SAS_EXPIRED.fixFor(connection("photos"), null))
        .isEqualTo(
            "Create a new SAS token with Read and List permission, resource types srt=sco, HTTPS"
                + " only and no IP restriction, and save it under Settings > Connections >"
                + " Archive.");
    assertThat(
            ConnectionProblem.SAS_EXPIRED.fixFor(
                connection("photos"), SasToken.parse("sr=c&sp=r&se=2026-01-01&sig=a")))
        .isEqualTo(
            "Create a new SAS token with Read and List permission, HTTPS only and no IP"
                + " restriction, and save it under Settings > Connections > Archive.");
    assertThat(ConnectionProblem.CONTAINER_NOT_FOUND.fixFor(connection("photos"), null))
        .isEqualTo("Check the container name; photos does not exist in whales.");
    assertThat(ConnectionProblem.ACCOUNT_NOT_FOUND.fixFor(connection("photos"), null))
        .isEqualTo("Check the account name; whales.blob.core.windows.net does not exist.");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, true",
    "a-b, true",
    "$root, true",
    "$web, true",
    "123, true",
    "ab, false",
    "a--b, false",
    "-ab, false",
    "ab-, false",
    "Abc, false",
    "$other, false",
    "a_b, false",
    "a.b, false",
  })
  void containerNamesAreAzures(String name, boolean valid) {
    assertThat(Connection.isContainerName(name)).isEqualTo(valid);
  }

  @Test
  void containerNamesHaveAtMost63Characters() {
    assertThat(Connection.isContainerName("a-".repeat(31) + "a")).isTrue();
    assertThat(Connection.isContainerName("a-".repeat(32) + "a")).isFalse();
  }

  @Test
  void namesAreTheSameInAnyCaseAndNormalForm() {
    assertThat(Connection.nameKey(" Gru\u0308ne ARCHIVE "))
        .isEqualTo(Connection.nameKey("gr\u00fcne archive"));
    assertThat(Connection.nameKey("A")).isNotEqualTo(Connection.nameKey("B"));
  }

  private static Connection connection(String... containers) {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    return new Connection(
        UUID.randomUUID(),
        0,
        UUID.randomUUID(),
        "Archive",
        "archive",
        ConnectionKind.AZURE_BLOB,
        AuthType.SAS_TOKEN,
        "whales",
        "https://whales.blob.core.windows.net",
        List.of(containers),
        ConnectionStatus.OK,
        null,
        null,
        1,
        "00000000",
        new byte[0],
        new byte[0],
        "",
        Capabilities.UNKNOWN,
        null,
        null,
        "ann",
        now,
        now,
        null);
  }
}
