package io.dorsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartSettingsTests {

  private static final List<String> REQUIRED =
      List.of("DORSAL_DATABASE_URL", "DORSAL_SERVICEBUS_CONNECTION");

  private final Map<String, String> environment =
      new HashMap<>(
          Map.of("DORSAL_DATABASE_URL", "jdbc:none", "DORSAL_SERVICEBUS_CONNECTION", "MARKER"));

  @Test
  void whatIsRightStarts() {
    environment.put("DORSAL_HEARTBEAT", "20s");
    environment.put("DORSAL_PROFILE", "local");
    assertThat(StartSettings.fault(environment, REQUIRED)).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() {
    environment.remove("DORSAL_SERVICEBUS_CONNECTION");
    assertThat(StartSettings.fault(environment, REQUIRED))
        .contains("DORSAL_SERVICEBUS_CONNECTION is not set.");
    environment.put("DORSAL_DATABASE_URL", " ");
    assertThat(StartSettings.fault(environment, REQUIRED))
        .contains("DORSAL_DATABASE_URL is not set.");
  }

  @ParameterizedTest
  @CsvSource({
    "DORSAL_STALE_AFTER, 10s, DORSAL_STALE_AFTER must exceed DORSAL_HEARTBEAT.",
    "DORSAL_PROFILE, MARKER, DORSAL_PROFILE must be azure or local.",
    "DORSAL_JWT_AUDIENCE, '', DORSAL_JWT_AUDIENCE must not be empty.",
    "DORSAL_JWKS_CACHE_SECONDS, 5, DORSAL_JWKS_CACHE_SECONDS must be 30 to 3600.",
    "DORSAL_MAIL_URL, smtp://relay, 'DORSAL_MAIL_FROM is not set, but DORSAL_MAIL_URL needs it.'",
    "DORSAL_MAIL_FROM, MARKER, DORSAL_MAIL_FROM must be one e-mail address.",
    "DORSAL_HEARTBEAT, MARKER, DORSAL_HEARTBEAT has a value that cannot be read."
  })
  void whatIsWrongOrContradictoryIsNamedWithoutItsValue(String name, String value, String line) {
    environment.put(name, value);
    assertThat(StartSettings.fault(environment, REQUIRED)).contains(line);
  }
}
